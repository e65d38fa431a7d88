import type { Benchmark, BenchmarkOptions } from './benchmark.ts'
import { connectionMetrics, connectionsCase } from './connections.ts'

/** What a second thread brings, with Nexthop alone: peers have their own ways to use several cores. */
export function threads(options: BenchmarkOptions): Benchmark {
  const atOnce = options.isQuick ? [32] : [32, 256]
  return {
    name: 'threads',
    title: 'Threads',
    explanation:
      'Connections as above, by Nexthop in two threads and in one. A second thread can bring no more than the ' +
      'processor time that load generator and sink leave over.',
    metrics: connectionMetrics,
    cases: atOnce.map((count) => connectionsCase(count, options.seconds)),
  }
}
