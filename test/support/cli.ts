import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { run, type RunResult } from './process.ts'
import { withoutRights } from './rights.ts'
import { until } from './until.ts'

// The built command line program, as users run it: under the Node that started the tests, which may be older than ours.

export const cliNode = process.env['NEXTHOP_TEST_NODE'] ?? process.execPath
export const cliScript = fileURLToPath(new URL('../../out/headless/cli.js', import.meta.url))

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Without root's rights, where the tests have them. */
  readonly unprivileged?: boolean
  /** Goes to its stdin. */
  readonly input?: string
  /** A command line that runs what follows it. */
  readonly through?: readonly string[]
}

/** Runs it to its end. */
export function cli(args: readonly string[], options: CliOptions = {}): Promise<RunResult> {
  const { input = '' } = options
  return run(...commandLine(args, options), { env: environment(options), input })
}

/** Nothing of this shell's or npm's environment leads it elsewhere. */
function environment({ env }: CliOptions): NodeJS.ProcessEnv {
  return { ...process.env, ...blanks, ...env }
}

const blanks = { npm_lifecycle_event: undefined, NEXTHOP_PASSWORD: undefined, UV_THREADPOOL_SIZE: undefined }

function commandLine(
  args: readonly string[],
  { unprivileged = false, through }: CliOptions,
): [string, string[]] {
  const whole = [cliScript, ...args]
  if (through) {
    const [command = '', ...rest] = through
    return [command, [...rest, cliNode, ...whole]]
  }
  return unprivileged ? withoutRights(cliNode, whole) : [cliNode, whole]
}

export interface RunningCli {
  readonly pid: number
  /** Presses keys in its terminal; see `startInTerminal`. */
  type(keys: string): void
  stdout(): string
  stderr(): string
  /** Waits for a match in its stdout, and gives the first group, or the whole match. */
  says(pattern: RegExp): Promise<string>
  /** The same for stderr. */
  warns(pattern: RegExp): Promise<string>
  signal(name: NodeJS.Signals): void
  /** The exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>
  /** Asks it to stop, and kills it where it does not. */
  close(): Promise<void>
}

/** Starts it without waiting for anything. */
export function startCli(args: readonly string[], options: CliOptions = {}): RunningCli {
  const child = spawn(...commandLine(args, options), { env: environment(options) })
  child.stdin.end()
  return watch(args, child)
}

/**
 * The same in a terminal of its own, by script(1) of util-linux: its stdout is what the terminal shows. The shell that
 * script starts gives its place to the program: some shells that stay end by the same Ctrl+C, whatever the program does.
 */
export function startInTerminal(args: readonly string[]): RunningCli {
  const line = `exec ${[cliNode, cliScript, ...args].map((word) => `'${word}'`).join(' ')}`
  const options = ['--quiet', '--return', '--flush', '--command', line, '/dev/null']
  return watch(args, spawn('script', options, { env: environment({ env: { SHELL: '/bin/sh' } }) }))
}

function watch(args: readonly string[], child: ChildProcessWithoutNullStreams): RunningCli {
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const find = async (pattern: RegExp, text: () => string) => {
    const match = await until(`${args[0]} writes ${pattern}`, () => pattern.exec(text()), {
      describe: () => `It wrote:\n${stdout}\n${stderr}`,
    })
    return match[1] ?? match[0]
  }
  return {
    pid: child.pid ?? 0,
    type: (keys) => child.stdin.write(keys),
    stdout: () => stdout,
    stderr: () => stderr,
    says: (pattern) => find(pattern, () => stdout),
    warns: (pattern) => find(pattern, () => stderr),
    signal: (name) => child.kill(name),
    ended,
    close: async () => {
      const patience = setTimeout(() => child.kill('SIGKILL'), 6000)
      child.kill('SIGTERM')
      await ended
      clearTimeout(patience)
    },
  }
}

/** The port in the line "listening 127.0.0.1:PORT", or in the same as JSON. */
export async function listeningPort(running: RunningCli): Promise<number> {
  return Number(await running.says(/listening.*:(\d+)/))
}
