import { figure } from '../load.ts'
import type { Benchmark } from './benchmark.ts'

export function startup(): Benchmark {
  return {
    name: 'startup',
    title: 'Start-up',
    explanation: 'From the start of the process to the first byte that has come back through it.',
    metrics: [{ name: 'ready', label: 'Time to the first answer', unit: 'ms', better: 'less' }],
    cases: [
      {
        name: 'first answer',
        service: 'echo',
        forwarder: 'starting',
        connections: 1,
        measure: async ({ load, forwarder, startedAtNs }) => {
          if (forwarder.processes.length === 0) return {}
          const figures = await load.run('first', forwarder.port, ['--seconds', 15])
          return { ready: figure(figures, 'servedAtNs') / 1e6 - Number(startedAtNs) / 1e6 }
        },
      },
    ],
  }
}
