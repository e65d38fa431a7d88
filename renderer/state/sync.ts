import type { AppEvent, Client, LineState, Refusal, Topic } from '../../shared/contract.ts'
import { judgeEvent } from '../../shared/event-sequence.ts'
import type { AppSnapshot } from '../../shared/runtime.ts'

export interface SyncListener {
  onSnapshot(snapshot: AppSnapshot): void
  /** Comes after a snapshot, in order, without gaps. */
  onEvent(event: AppEvent): void
  onLine(state: LineState): void
  /** The state could not be fetched. */
  onFailure(refusal: Refusal): void
}

/**
 * Keeps a client in step with the app: subscribes, fetches the state, drops what is older than that, and fetches
 * anew after a gap or a lost line.
 */
export class Sync {
  readonly #client: Client
  readonly #listener: SyncListener
  #watch: readonly Topic[] = []
  #end: (() => void) | undefined
  #seq: number | undefined
  #early: AppEvent[] = []
  /** Tells the answers of outdated fetches apart. */
  #round = 0

  constructor(client: Client, listener: SyncListener) {
    this.#client = client
    this.#listener = listener
  }

  /** Starts, or changes the topics that are watched. */
  watch(topics: readonly Topic[]): void {
    if (this.#end && topics.join() === this.#watch.join()) return
    this.#watch = topics
    this.#end?.()
    let isFirst = true
    this.#end = this.#client.subscribe(
      topics,
      (event) => {
        this.#receive(event)
      },
      (state) => {
        this.#listener.onLine(state)
        if (state === 'open' && !isFirst) void this.fetch()
        isFirst = false
      },
    )
    void this.fetch()
  }

  close(): void {
    this.#end?.()
    this.#end = undefined
    this.#round += 1
  }

  /** Fetches the whole state; events that come meanwhile wait for it. */
  async fetch(): Promise<void> {
    this.#round += 1
    const round = this.#round
    this.#seq = undefined
    this.#early = []
    const reply = await this.#client.request('state.get', {})
    if (round !== this.#round) return
    if (!reply.ok) {
      this.#listener.onFailure(reply)
      return
    }
    this.#seq = reply.value.seq
    this.#listener.onSnapshot(reply.value)
    const early = this.#early
    this.#early = []
    for (const event of early) this.#receive(event)
  }

  #receive(event: AppEvent): void {
    if (this.#seq === undefined) {
      this.#early.push(event)
      return
    }
    const verdict = judgeEvent(event, this.#seq)
    if (verdict === 'gap') void this.fetch()
    if (verdict !== 'apply') return
    this.#seq = event.seq
    this.#listener.onEvent(event)
  }
}
