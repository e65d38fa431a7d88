import { figure } from '../load.ts'
import type { Benchmark, BenchmarkOptions, Case } from './benchmark.ts'
import { cpuSeconds } from './cpu.ts'

const gigabyte = 1e9

export function throughput(options: BenchmarkOptions): Benchmark {
  const streams = options.isQuick ? [1, 8] : [1, 8, 64]
  return {
    name: 'throughput',
    title: 'Throughput',
    explanation:
      'Streams that only write (up, to a service that discards) or only read (down, from one that never ends), in ' +
      'pieces of 256 KiB; what arrives is thrown away by the system, without a copy (MSG_TRUNC). Processor time is that of the forwarder alone, per 10⁹ bytes.',
    metrics: [
      { name: 'rate', label: 'Bytes per second', unit: 'bytes/s', better: 'more' },
      { name: 'cpu', label: 'CPU seconds per GB', unit: 's/GB', better: 'less' },
    ],
    cases: (['up', 'down'] as const).flatMap((direction) =>
      streams.map((count) => throughputCase(direction, count, options.seconds)),
    ),
  }
}

function throughputCase(direction: 'up' | 'down', streams: number, seconds: number): Case {
  return {
    name: `${streams} ${direction}`,
    service: direction === 'up' ? 'discard' : 'source',
    forwarder: 'kept',
    connections: streams,
    measure: async ({ load, forwarder }) => {
      const options = ['--count', streams, '--seconds', seconds, '--warm-up', 0.25]
      const before = cpuSeconds(forwarder)
      const figures = await load.run('throughput', forwarder.port, [
        ...options,
        ...(direction === 'down' ? ['--down'] : []),
      ])
      const spent = cpuSeconds(forwarder) - before
      const broken = figure(figures, 'broken')
      if (broken > 0) throw new Error(`${broken} of ${streams} streams broke`)
      return {
        rate: figure(figures, 'bytes') / figure(figures, 'seconds'),
        ...(spent > 0 && { cpu: spent / (figure(figures, 'allBytes') / gigabyte) }),
      }
    },
  }
}
