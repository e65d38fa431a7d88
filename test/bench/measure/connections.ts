import { figure } from '../load.ts'
import type { Benchmark, BenchmarkOptions, Case, Metric } from './benchmark.ts'
import { cpuSeconds } from './cpu.ts'

export const connectionMetrics: readonly Metric[] = [
  { name: 'rate', label: 'Connections per second', unit: '1/s', better: 'more' },
  { name: 'cpu', label: 'CPU per connection', unit: 'µs', better: 'less' },
]

export function connections(options: BenchmarkOptions): Benchmark {
  const atOnce = options.isQuick ? [32] : [1, 32]
  return {
    name: 'connections',
    title: 'Connections per second',
    explanation:
      'TCP connect, SOCKS handshake, one byte each way, close; 1 or 32 such connections at any time. Sink and client ' +
      'both close after their byte. Processor time is that of the forwarder alone.',
    metrics: connectionMetrics,
    cases: atOnce.map((count) => connectionsCase(count, options.seconds)),
  }
}

export function connectionsCase(count: number, seconds: number): Case {
  return {
    name: `${count} at once`,
    service: 'answer',
    forwarder: 'kept',
    connections: count,
    measure: async ({ load, forwarder }) => {
      const before = cpuSeconds(forwarder)
      const options = ['--count', count, '--seconds', seconds, '--warm-up', 0.25]
      const figures = await load.run('connections', forwarder.port, options)
      const spent = cpuSeconds(forwarder) - before
      const failed = figure(figures, 'failed')
      if (failed > 0) throw new Error(`${failed} connections failed`)
      return {
        rate: figure(figures, 'connections') / figure(figures, 'seconds'),
        ...(spent > 0 && { cpu: (spent * 1e6) / figure(figures, 'allConnections') }),
      }
    },
  }
}
