import type { EventName, Topic } from './contract.ts'

// Apart from the contract, whose schemas a page that only listens has no use for.

/** The topic that an event belongs to; undefined for those that everybody gets. */
export function topicOf(name: EventName): Topic | undefined {
  if (name === 'traffic.ticked') return 'traffic'
  if (name === 'connections.changed') return 'connections'
  return undefined
}
