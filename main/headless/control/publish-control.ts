import { existsSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { conflict } from '../../../shared/errors.ts'
import type { Log } from '../../app/log.ts'
import type { CommandContext } from '../command.ts'
import { createControlClient, inTime } from './control-client.ts'
import {
  controlPaths,
  controlPlaces,
  isRunning,
  readControlFiles,
  removeControlFile,
  writeControlFile,
  type ControlInfo,
} from './control-file.ts'

export interface PublishOptions {
  readonly configPath: string
  readonly env: CommandContext['env']
  readonly web: Pick<ControlInfo, 'url' | 'token'>
  readonly log: Log
  /** Where the server is to end already. */
  readonly signal: AbortSignal
}

/**
 * Throws where another server runs on the config: its ports are taken, and two would overwrite each other's changes. What
 * one that was killed left behind is no hindrance.
 */
export async function refuseSecondServe({
  configPath,
  env,
  signal,
}: Pick<PublishOptions, 'configPath' | 'env' | 'signal'>): Promise<void> {
  for (const { info } of readControlFiles(controlPaths(configPath, env))) {
    if (!(await answers(info, signal))) continue
    throw conflict(
      `A "nexthop serve" runs on the config ${configPath} already: process ${info.pid}, at ${info.url}. End that one ` +
        'first, or name another config with --config FILE. For a link to its web UI, press Enter in its terminal or send ' +
        'it SIGUSR2',
    )
  }
}

const pollMs = 1000

/**
 * Lets commands of this user find this server, also once its config is another file, since a link to it leads elsewhere now,
 * and where a control file was removed, with the config's folder, say. Returns what ends that.
 */
export async function publishControl(options: PublishOptions): Promise<() => void> {
  // Of two that were started at the same moment one has been quicker.
  await refuseSecondServe(options)
  const { configPath, env, web, log } = options
  const { url, token } = web
  const info = { pid: process.pid, url, token }
  let places = controlPlaces(configPath, env)
  const write = () => places.flatMap((paths) => writeControlFile(paths, info) ?? [])
  let written = write()
  if (written.length === 0) {
    log.warn(
      `Commands like "nexthop trace" will not find this server: ${places.flat().join(' and ')} can not be written. ` +
        'Put the config into a folder that this user may write to.',
    )
  }
  const follow = () => {
    // A folder that is gone is made by whoever puts the config there again.
    if (!existsSync(configPath)) return
    const present = controlPlaces(configPath, env)
    const hasMoved = !isDeepStrictEqual(present, places)
    if (!hasMoved && written.every((path) => existsSync(path))) return
    const found = readControlFiles(present.flat())
    if (found.some(({ info: { pid, token: other } }) => other !== token && isRunning(pid))) return
    const former = written
    places = present
    written = write()
    for (const path of former) if (!written.includes(path)) removeControlFile(path, token)
  }
  const timer = setInterval(follow, pollMs)
  return () => {
    clearInterval(timer)
    for (const path of written) removeControlFile(path, token)
  }
}

/** One that is silent counts as gone: it could tell nobody anything. */
async function answers(info: ControlInfo, signal: AbortSignal): Promise<boolean> {
  if (!isRunning(info.pid)) return false
  const client = createControlClient(info)
  try {
    return (await inTime(client.request('problem.list', {}), signal)).ok
  } catch {
    return false
  } finally {
    client.close()
  }
}
