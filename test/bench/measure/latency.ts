import { figure } from '../load.ts'
import type { Benchmark, BenchmarkOptions, Case } from './benchmark.ts'

export function latency(options: BenchmarkOptions): Benchmark {
  return {
    name: 'latency',
    title: 'Round trip',
    explanation:
      'One byte there and back over open connections, each with one byte under way at any time. With 64 and 512 ' +
      'clients the machine is busy, and the figures tell how evenly everybody is served.',
    metrics: [
      { name: 'p50', label: 'Median', unit: 'µs', better: 'less' },
      { name: 'p99', label: '99th percentile', unit: 'µs', better: 'less' },
    ],
    cases: [1, 64, 512].map((clients) => latencyCase(clients, options.seconds)),
  }
}

function latencyCase(clients: number, seconds: number): Case {
  return {
    name: `${clients} ${clients === 1 ? 'client' : 'clients'}`,
    service: 'echo',
    forwarder: 'kept',
    connections: clients,
    measure: async ({ load, forwarder }) => {
      const options = ['--count', clients, '--seconds', seconds, '--warm-up', 0.25]
      const figures = await load.run('latency', forwarder.port, options)
      const broken = figure(figures, 'broken')
      if (broken > 0) throw new Error(`${broken} of ${clients} connections broke`)
      if (figure(figures, 'samples') === 0) throw new Error('no byte came back in time')
      return { p50: figure(figures, 'p50Us'), p99: figure(figures, 'p99Us') }
    },
  }
}
