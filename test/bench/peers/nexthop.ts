import { execFile } from 'node:child_process'
import { access } from 'node:fs/promises'
import { relative } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from '../ports.ts'
import { services } from '../services.ts'
import type { Found, Peer } from './peer.ts'

const run = promisify(execFile)

export interface NexthopOptions {
  readonly name: string
  /** The Node binary that runs it. */
  readonly node: string
  readonly nodeArgs: readonly string[]
  /** A built CLI (.js), or an engine's source (.ts) that is then run without CLI and thread. */
  readonly program: string
  /** Options for the CLI's `forward`. */
  readonly args: readonly string[]
}

/** Nexthop: its built CLI, or one of its engines alone. */
export function nexthop({ name, node, nodeArgs, program, args }: NexthopOptions): Peer {
  return {
    name,
    kind: 'nexthop',
    find: () => findProgram(node, program),
    start: async ({ service, sink, processes }) => {
      const port = await freePort(service)
      const target = services[service]
      const via = `socks5://127.0.0.1:${sink.socksPort}`
      const runner = new URL('../nexthop-engine.ts', import.meta.url).pathname
      const command = program.endsWith('.ts')
        ? [runner, program, port, target, sink.socksPort]
        : [program, 'forward', port, `127.0.0.1:${target}`, '--via', via, ...args]
      const process = processes.start(node, [...nodeArgs, ...command.map(String)])
      return { port, processes: [process], command: shown(command) }
    },
  }
}

/** The version of the Node that runs a program of Nexthop, or why it can't be run. */
export async function findProgram(node: string, program: string): Promise<Found> {
  try {
    await access(program)
    const { stdout } = await run(node, ['--version'])
    return { version: `Node ${stdout.trim()}` }
  } catch {
    return {
      missing: `${relative(process.cwd(), program)} or the Node to run it is not there: run "npm run build"`,
    }
  }
}

/** A command line without the folders of this machine. */
function shown(command: readonly (string | number)[]): string {
  return ['node', ...command]
    .map((word) => (typeof word === 'string' && word.startsWith('/') ? relative(process.cwd(), word) : word))
    .join(' ')
}
