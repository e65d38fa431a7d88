import { conflict, NexthopError } from '../../../shared/errors.ts'
import type { CallInput, CallName, CallOutput, Client } from '../../../shared/contract.ts'
import type { AppSnapshot } from '../../../shared/runtime.ts'
import type { CommandContext, Given, OptionDefinition } from '../command.ts'
import { defaultConfigPath } from '../config-path.ts'
import {
  createControlClient,
  inTime,
  patienceMs,
  SilentServer,
  WrongServer,
  type ControlClient,
} from './control-client.ts'
import {
  controlPaths,
  isRunning,
  readControlFiles,
  removeControlFile,
  type ControlFile,
} from './control-file.ts'

// For commands that ask the "nexthop serve" that runs.

export const runningConfigOption = {
  config: {
    type: 'string',
    value: 'FILE',
    summary: `the config of the "nexthop serve" that runs (${defaultConfigPath({}, 'linux', '~')} on Linux)`,
  },
} as const satisfies Record<string, OptionDefinition>

export interface RunningServe {
  readonly client: ControlClient
  readonly state: AppSnapshot
}

/** The server that runs on the config that was named, or the usual one. Throws a NexthopError with the remedy. */
export async function findServe(given: Given, env: CommandContext['env']): Promise<RunningServe> {
  const path = given.text('config') ?? defaultConfigPath(env)
  for (const file of readControlFiles(controlPaths(path, env))) {
    const client = createControlClient(file.info)
    const state = await readState(client, file).catch((error: unknown) => {
      client.close()
      throw error
    })
    if (state) return { client, state }
    client.close()
    // Another server may have left its own there in the meantime.
    removeControlFile(file.path, file.info.token)
  }
  throw conflict(
    `No "nexthop serve" runs on the config ${path}: start one with it, or name the one that runs with --config FILE ` +
      '(the desktop app shows the same in its window)',
  )
}

/** Undefined where the server is gone. */
async function readState(
  client: ControlClient,
  { path, info: { pid, url } }: ControlFile,
): Promise<AppSnapshot | undefined> {
  if (!isRunning(pid)) return undefined
  try {
    return await inTime(ask(client, 'state.get', {}))
  } catch (error) {
    if (!(error instanceof SilentServer)) return unlessGone(error)
    throw conflict(
      `The "nexthop serve" at ${url} (process ${pid}) says nothing for ${patienceMs / 1000} s: see whether it hangs. ` +
        `Where it is another program, remove ${path}`,
    )
  }
}

/** The value of a call. Throws the failure of one that is refused. */
export async function ask<N extends CallName>(
  client: Client,
  name: N,
  input: CallInput<N>,
): Promise<CallOutput<N>> {
  const reply = await client.request(name, input)
  if (reply.ok) return reply.value
  // The reply's sentence is complete, with its remedy.
  throw new NexthopError({ ...reply.failure, message: reply.failure.message ?? reply.message })
}

/** It ended without removing its file, and perhaps something else has its port now. */
function unlessGone(error: unknown): undefined {
  if (error instanceof NexthopError) throw error
  const { code } = error as NodeJS.ErrnoException
  if (error instanceof WrongServer || code === 'ECONNREFUSED' || code === 'ECONNRESET') return undefined
  throw error
}
