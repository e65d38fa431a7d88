import { execFileSync } from 'node:child_process'
import { arch, cpus, release, totalmem } from 'node:os'

/** Where a run took place. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryBytes: number
  readonly kernel: string
  /** The hard limit of open files. */
  readonly openFiles: number
}

export function describeMachine(): Machine {
  const all = cpus()
  const limit = execFileSync('sh', ['-c', 'ulimit -n 65536 2>/dev/null; ulimit -Hn'], {
    encoding: 'utf8',
  }).trim()
  return {
    cpu: all[0]?.model ?? 'unknown',
    cores: all.length,
    memoryBytes: totalmem(),
    kernel: `Linux ${release()} ${arch()}`,
    openFiles: limit === 'unlimited' ? 1_000_000 : Number(limit),
  }
}

/** How many connections a forwarder can have at two sockets each, with some files left for itself. */
export function mostConnections({ openFiles }: Machine): number {
  return Math.floor((openFiles - 200) / 2)
}
