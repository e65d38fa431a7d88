import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { createConnection } from 'node:net'
import { until } from './until.ts'

/** A program that runs until it is closed, with its whole process group. */
export interface RunningProcess {
  readonly pid: number
  /** All that it wrote to stdout and stderr so far. */
  output(): string
  /** Kills it at once, without a chance to tidy up. */
  kill(): Promise<void>
  close(): Promise<void>
}

export interface StartOptions extends Omit<SpawnOptions, 'stdio' | 'detached'> {
  /** Ready when something accepts on this port of 127.0.0.1, or when the output matches. */
  readonly ready: number | RegExp
}

/** Starts a program and waits until it is ready; rejects with its output where it ends or stays mute. */
export async function startProcess(
  command: string,
  args: readonly string[],
  { ready, ...options }: StartOptions,
): Promise<RunningProcess> {
  // A process group of its own, so that the children that servers fork end with it.
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const chunks: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => chunks.push(text))
  }
  const output = () => chunks.join('')
  const running = own(child, output)
  const describe = () => `${command} wrote:\n${output()}`
  try {
    await until(
      `${command} is ready`,
      async () => {
        if (running.hasEnded()) throw new Error(`${command} ended too early. ${describe()}`)
        return typeof ready === 'number' ? accepts(ready) : ready.test(output())
      },
      { timeoutMs: 20_000, describe },
    )
  } catch (error) {
    await running.kill()
    throw error
  }
  return running
}

function own(child: ChildProcess, output: () => string): RunningProcess & { hasEnded(): boolean } {
  let hasEnded = false
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      hasEnded = true
      resolve()
    }
    child.once('exit', end)
    child.once('error', (error) => {
      console.error(error.message)
      end()
    })
  })
  const signal = (name: NodeJS.Signals) => {
    if (child.pid === undefined) return
    try {
      process.kill(-child.pid, name)
    } catch {
      // The group is gone already.
    }
  }
  const killAtExit = () => signal('SIGKILL')
  process.once('exit', killAtExit)
  const stop = async (name: NodeJS.Signals) => {
    signal(name)
    const patience = setTimeout(() => signal('SIGKILL'), 3000)
    await ended
    clearTimeout(patience)
    signal('SIGKILL')
    process.off('exit', killAtExit)
  }
  return {
    pid: child.pid ?? 0,
    output,
    hasEnded: () => hasEnded,
    kill: () => stop('SIGKILL'),
    close: () => stop('SIGTERM'),
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

export interface RunResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end; `input` goes to its stdin. Rejects only where it can't be started or takes too long. */
export async function run(
  command: string,
  args: readonly string[],
  {
    input = '',
    timeoutMs = 60_000,
    ...options
  }: SpawnOptions & { input?: string | Uint8Array; timeoutMs?: number } = {},
): Promise<RunResult> {
  const child = spawn(command, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] })
  const stdout: string[] = []
  const stderr: string[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => stdout.push(text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text))
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const code = await new Promise<number | null>((resolve, reject) => {
    const patience = setTimeout(() => {
      child.kill('SIGKILL')
      reject(
        new Error(`${command} took over ${timeoutMs} ms. It wrote:\n${stdout.join('')}${stderr.join('')}`),
      )
    }, timeoutMs)
    child.once('error', reject)
    child.once('close', (status) => {
      clearTimeout(patience)
      resolve(status)
    })
  })
  return { code, stdout: stdout.join(''), stderr: stderr.join('') }
}

/** Runs a program that must succeed, and gives its stdout. */
export async function mustRun(...args: Parameters<typeof run>): Promise<string> {
  const { code, stdout, stderr } = await run(...args)
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}:\n${stdout}${stderr}`)
  return stdout
}
