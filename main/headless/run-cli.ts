import packageJson from '../../package.json' with { type: 'json' }
import { toFailure } from '../../shared/errors.ts'
import { explainInFull } from '../../shared/texts/explain.ts'
import { InvalidError } from '../app/invalid-error.ts'
import { describeSystemError } from '../app/system-error.ts'
import { UsageError, type Command, type CommandContext, type ExitCode } from './command.ts'
import { commands } from './commands.ts'
import { tellFirstMistakes } from './config-mistakes.ts'
import { createConsole, type Console, type Streams } from './console.ts'
import { commandHelp, programHelp } from './help.ts'
import { nearMiss } from './near-miss.ts'
import { parseArguments } from './parse-arguments.ts'
import type { ProgramFiles } from './program-files.ts'

export { forgetSignalListeners } from './stop-signal.ts'

/** Runs what was typed and gives the exit code. */
export async function runCli(args: readonly string[], files: ProgramFiles): Promise<ExitCode> {
  const streams = standardStreams()
  const console = createConsole(streams, args.includes('--json'))
  const [first, ...rest] = args
  if (first === undefined) {
    console.error('a command is missing')
    streams.error(`${programHelp(commands)}\n`)
    return 2
  }
  if (['--version', '-v', '-V'].includes(first)) {
    console.result(packageJson.version, { version: packageJson.version })
    return 0
  }
  if (first === '--help' || first === '-h' || first === 'help') return showHelp(rest, streams, console)
  const command = commands.find(({ name }) => name === first)
  if (!command) return unknownCommand(first, streams, console)
  const context: CommandContext = {
    console,
    env: takeEnvironment(),
    version: packageJson.version,
    commands,
    files,
  }
  return runCommand(command, rest, context, streams)
}

async function runCommand(
  command: Command,
  args: readonly string[],
  context: CommandContext,
  streams: Streams,
): Promise<ExitCode> {
  const { console } = context
  try {
    const given = parseArguments(command, args)
    if (given.flag('help')) {
      streams.out(`${commandHelp(command)}\n`)
      return 0
    }
    if (isShownByNpm(command, args, context.env)) {
      console.error(
        'npm shows the password in the process list as long as this runs: set NEXTHOP_PASSWORD, or use --password-file',
      )
    }
    return await command.run(given, context)
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(error.message)
      pointToHelp(streams, console, command)
      return 2
    }
    if (error instanceof InvalidError && error.issues.length > 0) {
      if (error.file === undefined) console.error(tellFirstMistakes(error).join('; '))
      else for (const line of tellFirstMistakes(error)) console.error(line)
      return 1
    }
    console.error(explainInFull(toFailure(error)))
    return 1
  }
}

/** True for a password in the arguments where npm keeps them, as those of its own processes. */
function isShownByNpm({ options }: Command, args: readonly string[], env: CommandContext['env']): boolean {
  if (env['npm_lifecycle_event'] === undefined || !('password-file' in options)) return false
  return args.some((arg) => /:\/\/.*:.*@/s.test(arg))
}

/** One line for people, below the mistake. */
function pointToHelp(streams: Streams, console: Console, command?: Command): void {
  const name = command ? `${command.name} ` : ''
  if (!console.isJson) streams.error(`See "nexthop ${name}--help".\n`)
}

function showHelp([name]: readonly string[], streams: Streams, console: Console): ExitCode {
  const command = commands.find((known) => known.name === name)
  if (name !== undefined && !command && !name.startsWith('-')) return unknownCommand(name, streams, console)
  streams.out(`${command ? commandHelp(command) : programHelp(commands)}\n`)
  return 0
}

/** Repeats only what looks like a command: anything else may be a URL with a password. */
function unknownCommand(name: string, streams: Streams, console: Console): ExitCode {
  const names = commands.map((command) => command.name)
  const near = nearMiss(name, [...names, '--version'])
  const told = /^[a-z-]{1,20}$/.test(name) ? ` "${name}"` : ' of this name'
  const hint = near ? `did you mean ${near}?` : `the commands are ${names.join(', ')}`
  console.error(`there is no command${told}; ${hint}`)
  pointToHelp(streams, console)
  return 2
}

/** The environment with the next hop's password, which children of this process (to find who holds a port) do not get. */
function takeEnvironment(): CommandContext['env'] {
  const env = { ...process.env }
  delete process.env['NEXTHOP_PASSWORD']
  return env
}

function standardStreams(): Streams {
  process.stderr.on('error', () => undefined)
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Who reads our output may leave early, as "head" does: that is no reason to stop forwarding, nor a failure.
    if (error.code === 'EPIPE') return
    if (process.listenerCount('exit', failAtExit) > 0) return
    process.on('exit', failAtExit)
    process.stderr.write(`nexthop: its output can not be written: ${describeSystemError(error)}\n`)
  })
  return {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
    areTerminal: process.stdout.isTTY && process.stderr.isTTY,
  }
}

function failAtExit(): void {
  process.exitCode ||= 1
}
