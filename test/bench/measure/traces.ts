import { figure } from '../load.ts'
import type { Benchmark, BenchmarkOptions, Case } from './benchmark.ts'
import { connectionMetrics, connectionsCase } from './connections.ts'

/** What traces cost: the same Nexthop with and without them, in turns. */
export function traces(options: BenchmarkOptions): Benchmark {
  return {
    name: 'traces',
    title: 'Traces',
    explanation:
      'Connections and a stream as above, by Nexthop in one thread as "nexthop serve" runs it: with the stages of every ' +
      'connection recorded and the latest 1,000 kept (the default), with all of them saved to files as well, and with none recorded. ' +
      'What a stream makes depends most on how the system spreads load generator, sink and forwarder over the processors, so ' +
      'many short rounds tell more than few long ones: `npm run bench -- --only traces --rounds 24 --seconds 0.8`.',
    metrics: [
      ...connectionMetrics,
      { name: 'throughput', label: 'Bytes per second, one stream down', unit: 'bytes/s', better: 'more' },
    ],
    cases: [connectionsCase(32, options.seconds), streamCase(options.seconds)],
  }
}

function streamCase(seconds: number): Case {
  return {
    name: 'one stream',
    service: 'source',
    forwarder: 'kept',
    connections: 1,
    measure: async ({ load, forwarder }) => {
      const options = ['--count', 1, '--seconds', seconds, '--warm-up', 0.25, '--down']
      const figures = await load.run('throughput', forwarder.port, options)
      return { throughput: figure(figures, 'bytes') / figure(figures, 'seconds') }
    },
  }
}
