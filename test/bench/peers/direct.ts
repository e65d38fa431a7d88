import { release } from 'node:os'
import type { Peer } from './peer.ts'

/** Nothing in between: what load generator and sink reach by themselves. */
export const direct: Peer = {
  name: 'direct',
  kind: 'reference',
  find: async () => ({ version: `Linux ${release()}` }),
  start: async ({ service, sink }) => ({ port: sink.plainPorts[service], processes: [], command: 'none' }),
}
