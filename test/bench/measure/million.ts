import { figure, type Load } from '../load.ts'
import type { Forwarder } from '../peers/peer.ts'
import { residentBytesOf } from '../proc.ts'
import type { Benchmark, BenchmarkOptions, Values } from './benchmark.ts'

/** At once: enough to keep everybody busy. */
const atOnce = 32
/** Of all connections, so many pass before the memory counts as that of a process that is warm. */
const warmShare = 0.1

/** Whether memory stays bounded, however many connections came and went. */
export function million(options: BenchmarkOptions): Benchmark {
  const count = options.total
  const shown = count.toLocaleString('en')
  return {
    name: 'million',
    title: 'Memory after many connections',
    explanation:
      `Resident memory of a fresh "nexthop serve" after a tenth of ${shown} connections, the most that was seen from ` +
      'then on (looked at once per second), and how much that is above the first figure. ' +
      'With traces, and with all of them saved, within 100 MB.',
    metrics: [
      { name: 'warm', label: 'Resident memory after a tenth', unit: 'bytes', better: 'less' },
      { name: 'most', label: 'Most resident memory after that', unit: 'bytes', better: 'less' },
      { name: 'growth', label: 'Growth', unit: 'bytes', better: 'less' },
      { name: 'rate', label: 'Connections per second', unit: '1/s', better: 'more' },
    ],
    cases: [
      {
        name: `${shown} connections`,
        service: 'answer',
        forwarder: 'fresh',
        connections: atOnce,
        measure: ({ load, forwarder }) => measure(load, forwarder, count),
      },
    ],
  }
}

async function measure(load: Load, forwarder: Forwarder, total: number): Promise<Values> {
  const warmUp = await connectMany(load, forwarder, total * warmShare)
  const warm = resident(forwarder)
  let most = warm
  const timer = setInterval(() => (most = Math.max(most, resident(forwarder))), 1000)
  try {
    const rest = await connectMany(load, forwarder, total - warmUp.done)
    most = Math.max(most, resident(forwarder))
    return { warm, most, growth: most - warm, ...(rest.seconds > 0 && { rate: rest.done / rest.seconds }) }
  } finally {
    clearInterval(timer)
  }
}

/** Until so many connections came and went, or a few more. */
async function connectMany(load: Load, { port }: Forwarder, count: number) {
  let [done, seconds, rate] = [0, 0, 0]
  while (done < count) {
    // A short piece first, to see how fast it goes.
    const wanted = rate === 0 ? 0.5 : Math.min(30, Math.max(0.2, (count - done) / rate))
    const figures = await load.run('connections', port, [
      '--count',
      atOnce,
      '--seconds',
      wanted,
      '--warm-up',
      0,
    ])
    const failed = figure(figures, 'failed')
    if (failed > 0) throw new Error(`${failed} connections failed`)
    done += figure(figures, 'allConnections')
    seconds += figure(figures, 'seconds')
    rate = done / seconds
  }
  return { done, seconds }
}

function resident({ processes }: Forwarder): number {
  return residentBytesOf(processes.map(({ pid }) => pid))
}
