import type { AppEvent } from './contract.ts'
import { topicOf } from './topic-of.ts'

/**
 * What a client does with an event, given the sequence number of its snapshot or of the last event it applied:
 * `apply` it; drop it as `old`, because the snapshot holds it already; or fetch the state anew, because of a `gap`.
 * Events of a watched topic have no number of their own and leave no gap.
 */
export function judgeEvent(event: AppEvent, lastSeq: number): 'apply' | 'old' | 'gap' {
  if (topicOf(event.name) !== undefined) return event.seq < lastSeq ? 'old' : 'apply'
  if (event.seq <= lastSeq) return 'old'
  return event.seq === lastSeq + 1 ? 'apply' : 'gap'
}
