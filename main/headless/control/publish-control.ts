import type { Log } from '../../app/log.ts'
import type { CommandContext } from '../command.ts'
import { createControlClient } from './control-client.ts'
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
}

/** Lets commands of this user find this server. Returns what ends that. */
export async function publishControl({ configPath, env, web, log }: PublishOptions): Promise<() => void> {
  const paths = controlPaths(configPath, env)
  const other = readControlFile(paths)?.info
  if (other && (await answers(other))) {
    log.warn(
      `Another "nexthop serve" (process ${other.pid}) runs on this config: commands like "nexthop trace" ask that one.`,
    )
    return () => undefined
  }
  const { url, token } = web
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

async function answers(info: ControlInfo): Promise<boolean> {
  if (!isRunning(info.pid)) return false
  const client = createControlClient(info)
  try {
    return (await client.request('problem.list', {})).ok
  } catch {
    return false
  } finally {
    client.close()
  }
}
