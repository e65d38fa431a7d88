import { freePort } from '../ports.ts'
import { services } from '../services.ts'
import type { BenchOptions } from '../options.ts'
import { findProgram } from './nexthop.ts'
import type { Peer } from './peer.ts'

const program = 'test/bench/plain-forwarder.ts'

/** The least that can be done with Node's sockets: how much of a figure is Node's, and how much Nexthop's. */
export function node({ node = process.execPath, nodeArgs }: Pick<BenchOptions, 'node' | 'nodeArgs'>): Peer {
  return {
    name: 'node',
    kind: 'reference',
    find: () => findProgram(node, program),
    start: async ({ service, sink, processes }) => {
      const port = await freePort(service)
      const args = [program, port, services[service], sink.socksPort].map(String)
      const process = processes.start(node, [...nodeArgs, ...args])
      return { port, processes: [process], command: `node ${args.join(' ')}` }
    },
  }
}
