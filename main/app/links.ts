import { parseHopUrl } from '../../shared/model/hop-url.ts'
import type { Handlers } from './dispatch.ts'
import type { EventHub } from './event-hub.ts'

/** What the system gives us links of; an http link is for a browser. */
const schemes = /^socks(4|4a|5|5h):/i

export interface Links {
  /** False where it is none of a next hop; nothing happens then. */
  readonly offer: (url: string) => boolean
  readonly handlers: Pick<Handlers, 'link.take'>
}

/**
 * Links to next hops that the user opened elsewhere, until a window takes them and asks what to do. An event says only
 * that there is one: a link may hold a password, and there may be no window yet.
 */
export function createLinks(hub: Pick<EventHub, 'publish'>): Links {
  let waiting: string | undefined
  return {
    offer: (url) => {
      if (!schemes.test(url) || !parseHopUrl(url).ok) return false
      waiting = url
      hub.publish('link.offered', {})
      return true
    },
    handlers: {
      'link.take': () => {
        const url = waiting
        waiting = undefined
        return url === undefined ? {} : { url }
      },
    },
  }
}
