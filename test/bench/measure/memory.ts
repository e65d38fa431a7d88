import { setTimeout as delay } from 'node:timers/promises'
import { figure, figures, type Load } from '../load.ts'
import type { Forwarder } from '../peers/peer.ts'
import { residentBytesOf } from '../proc.ts'
import type { Benchmark, BenchmarkOptions, Case, Values } from './benchmark.ts'

export function memory(options: BenchmarkOptions): Benchmark {
  return {
    name: 'memory',
    title: 'Memory',
    explanation:
      'Resident memory of a fresh process with idle connections, each of which has carried one byte each way, after ' +
      `${options.holdSeconds} s; pages that several processes share count in each. "Lost" are those that carry no byte any more then.`,
    metrics: [
      { name: 'resident', label: 'Resident memory', unit: 'bytes', better: 'less' },
      { name: 'perConnection', label: 'More than without connections, each', unit: 'bytes', better: 'less' },
      { name: 'lost', label: 'Lost connections', unit: 'count', better: 'less' },
    ],
    cases: counts(options).map((count) => memoryCase(count, options.holdSeconds)),
  }
}

function counts({ isQuick, mostConnections }: BenchmarkOptions): number[] {
  return isQuick ? [0, 1000] : [0, 1000, Math.min(10_000, mostConnections)]
}

function memoryCase(count: number, holdSeconds: number): Case {
  return {
    name: `${count.toLocaleString('en')} idle`,
    service: 'echo',
    forwarder: 'fresh',
    connections: count,
    measure: async ({ load, forwarder }) => {
      if (forwarder.processes.length === 0) return {}
      // One connection first, so that what is only loaded at the first one is there.
      await load.run('idle', forwarder.port, ['--count', 1])
      const unused = resident(forwarder)
      if (count === 0) return { resident: unused }
      return measureIdle(load, forwarder, { count, holdSeconds, unused })
    },
  }
}

interface IdleOptions {
  readonly count: number
  readonly holdSeconds: number
  readonly unused: number
}

async function measureIdle(load: Load, forwarder: Forwarder, options: IdleOptions): Promise<Values> {
  const { count, holdSeconds, unused } = options
  const idle = load.start('idle', forwarder.port, ['--count', count])
  try {
    const opened = figure(await figures(idle), 'alive')
    if (opened < count) throw new Error(`only ${opened} of ${count} connections were opened`)
    await delay(holdSeconds * 1000)
    const used = resident(forwarder)
    idle.child.stdin.write('check\n')
    const lost = count - figure(await figures(idle), 'alive')
    return { resident: used, perConnection: (used - unused) / count, lost }
  } finally {
    await idle.close()
  }
}

function resident({ processes }: Forwarder): number {
  return residentBytesOf(processes.map(({ pid }) => pid))
}
