import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { processTree } from './proc.ts'

/** As many files as the system lets us have, since 10,000 connections through a proxy are 20,000 sockets. */
const withManyFiles = 'ulimit -n 65536 2>/dev/null || ulimit -n "$(ulimit -Hn)"; exec "$@"'
const killAfterMs = 3000

/** A child process with its lines of output. */
export class BenchProcess {
  readonly pid: number
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>
  readonly #lines: AsyncIterator<string>
  #errors = ''

  constructor(child: ChildProcessByStdio<Writable, Readable, Readable>) {
    if (child.pid === undefined) throw new Error('a process could not be started')
    this.pid = child.pid
    this.child = child
    this.#lines = createInterface(child.stdout)[Symbol.asyncIterator]()
    child.stderr.on(
      'data',
      (chunk: Buffer) => (this.#errors = (this.#errors + chunk.toString()).slice(-2000)),
    )
    child.stdin.on('error', () => undefined)
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  /** The end of what it wrote to stderr. */
  get errors(): string {
    return this.#errors.trim()
  }

  /** The next line of its output; rejects with what it said on stderr where it ends instead. */
  async line(): Promise<string> {
    const next = await this.#lines.next()
    if (next.done !== true) return next.value
    throw new Error(this.errors || 'a process ended without a word')
  }

  /** Ends the process and its descendants. */
  async close(): Promise<void> {
    if (!this.isRunning) return
    const family = processTree(this.pid)
    const exited = once(this.child, 'exit')
    signalAll(family, 'SIGTERM')
    const timer = setTimeout(() => signalAll(family, 'SIGKILL'), killAfterMs)
    await exited
    clearTimeout(timer)
    // Children that outlive their parent.
    signalAll(family.slice(1), 'SIGKILL')
  }
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch {
      // Ended already.
    }
  }
}

/** Starts processes, and ends those that still run when the benchmark ends, however it ends. */
export class Processes {
  readonly #running = new Set<BenchProcess>()

  constructor() {
    process.once('exit', () => {
      for (const { pid } of this.#running) signalAll(processTree(pid), 'SIGKILL')
    })
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  }

  start(command: string, args: readonly string[], cwd?: string): BenchProcess {
    const child = spawn('sh', ['-c', withManyFiles, 'sh', command, ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(cwd !== undefined && { cwd }),
    })
    const started = new BenchProcess(child)
    this.#running.add(started)
    child.once('exit', () => this.#running.delete(started))
    return started
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#running].map((running) => running.close()))
  }
}
