import { topics, type AppEvent, type EventMap, type EventName, type Topic } from '../../shared/contract.ts'
import { topicOf } from '../../shared/topic-of.ts'

// Hands events to whoever subscribed. General events count up without gaps, so that a client can tell that it missed
// one. Events of a topic reach only those who watch it; they carry the number of the last general event and are
// complete in themselves, so that a client that does not watch sees no gap.

export interface EventHub {
  /** The number of the last general event; 0 before the first. */
  readonly seq: number
  publish<N extends EventName>(name: N, data: EventMap[N]): void
  /** `onEvent` gets every general event and those of the watched topics. Returns the function that ends it. */
  subscribe(watch: readonly Topic[], onEvent: (event: AppEvent) => void): () => void
  /** The topics that at least one subscriber watches. */
  watched(): ReadonlySet<Topic>
}

export interface EventHubOptions {
  /** Called whenever a topic gets its first watcher or loses its last one. */
  readonly onWatchedChange?: (watched: ReadonlySet<Topic>) => void
  /** A subscriber that throws keeps nobody else from the event. */
  readonly onSubscriberError?: (error: unknown) => void
}

interface Subscriber {
  readonly watch: ReadonlySet<Topic>
  readonly onEvent: (event: AppEvent) => void
}

export function createEventHub(options: EventHubOptions = {}): EventHub {
  const { onWatchedChange = () => undefined, onSubscriberError = () => undefined } = options
  const subscribers = new Set<Subscriber>()
  let seq = 0
  let lastWatched = ''

  function watched(): ReadonlySet<Topic> {
    return new Set(topics.filter((topic) => [...subscribers].some(({ watch }) => watch.has(topic))))
  }

  function noticeWatched(): void {
    const present = watched()
    const key = [...present].join()
    if (key === lastWatched) return
    lastWatched = key
    onWatchedChange(present)
  }

  return {
    get seq() {
      return seq
    },
    publish(name, data) {
      const topic = topicOf(name)
      if (topic === undefined) seq += 1
      // Name and data belong together by the signature, which a union built from a type parameter can't show.
      const event = { seq, name, data } as unknown as AppEvent
      for (const { watch, onEvent } of [...subscribers]) {
        if (topic !== undefined && !watch.has(topic)) continue
        try {
          onEvent(event)
        } catch (error) {
          onSubscriberError(error)
        }
      }
    },
    subscribe(watch, onEvent) {
      const subscriber = { watch: new Set(watch), onEvent }
      subscribers.add(subscriber)
      noticeWatched()
      return () => {
        if (subscribers.delete(subscriber)) noticeWatched()
      }
    },
    watched,
  }
}
