import type { Log } from '../../app/log.ts'
import type { CommandContext } from '../command.ts'
import { createControlClient, inTime } from './control-client.ts'
import {
  controlPaths,
  isRunning,
  readControlFile,
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

/** How often a server that is not the first one looks whether that has ended. */
const lookMs = 2000

/** Lets commands of this user find this server, or as soon as another one on its config has ended. Returns what ends that. */
export async function publishControl(options: PublishOptions): Promise<() => void> {
  const { configPath, env, web, log, signal } = options
  const paths = controlPaths(configPath, env)
  const other = readControlFile(paths)?.info
  if (!other || !(await answers(other, signal))) return publish(paths, options)
  log.warn(
    `Another "nexthop serve" (process ${other.pid}) runs on this config, at ${other.url}: the ports are that one’s, and ` +
      'commands like "nexthop trace" ask it. End one of them.',
  )
  let withdraw = () => undefined as void
  const timer = setInterval(() => {
    const present = readControlFile(paths)?.info
    if (present && isRunning(present.pid)) return
    clearInterval(timer)
    withdraw = publish(paths, options)
    log.info(
      `The other "nexthop serve" has ended: commands like "nexthop trace" ask this one now, at ${web.url}.`,
    )
  }, lookMs).unref()
  return () => {
    clearInterval(timer)
    withdraw()
  }
}

function publish(paths: readonly string[], { web: { url, token }, log }: PublishOptions): () => void {
  const path = writeControlFile(paths, { pid: process.pid, url, token })
  if (path === undefined) {
    log.warn(
      `Commands like "nexthop trace" will not find this server: ${paths.join(' and ')} can not be written. ` +
        'Put the config into a folder that this user may write to.',
    )
    return () => undefined
  }
  return () => {
    removeControlFile(path, token)
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
