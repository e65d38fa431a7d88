import type { ListMode } from '../../../../shared/model/next-hop-list.ts'
import { failover } from './failover.ts'
import { leastConnections } from './least-connections.ts'
import { lowestLatency } from './lowest-latency.ts'
import type { Mode } from './mode.ts'
import { random } from './random.ts'
import { roundRobin } from './round-robin.ts'
import { sticky } from './sticky.ts'

export const modes: Readonly<Record<ListMode, Mode>> = {
  failover,
  'round-robin': roundRobin,
  'least-connections': leastConnections,
  'lowest-latency': lowestLatency,
  random,
  sticky,
}
