import type { Handlers } from './dispatch.ts'
import type { EventHub } from './event-hub.ts'

export interface ProblemHelp {
  /** `key`: of the problem. */
  readonly ask: (key: string) => void
  readonly handlers: Pick<Handlers, 'problem.take'>
}

/**
 * The problem that the user wants to do something about, from outside of any window, until a window takes it: there may
 * be none yet.
 */
export function createProblemHelp(hub: Pick<EventHub, 'publish'>): ProblemHelp {
  let waiting: string | undefined
  return {
    ask: (key) => {
      waiting = key
      hub.publish('problem.helpAsked', {})
    },
    handlers: {
      'problem.take': () => {
        const key = waiting
        waiting = undefined
        return key === undefined ? {} : { key }
      },
    },
  }
}
