import { statSync } from 'node:fs'
import type { Config } from '../../shared/model/config.ts'
import type { Issue } from '../../shared/model/issues.ts'

/**
 * The first password of a config that other users of this machine can read, and the remedy; undefined where there is
 * none. What Nexthop writes is for its owner alone, but a file that was written by hand keeps its mode until then.
 */
export function findOpenPassword({ hops }: Config, file: string): Issue | undefined {
  const index = hops.findIndex(({ password }) => password !== undefined)
  if (index < 0 || !othersMayRead(file)) return undefined
  const message = `Other users of this machine can read the config and its passwords: chmod 600 ${shellWord(file)}`
  return { path: ['hops', index, 'password'], message }
}

/** Quoted where a shell would not take it as it is. */
function shellWord(text: string): string {
  return /^[\p{L}\p{N}_@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** Windows has no such modes. */
function othersMayRead(file: string): boolean {
  if (process.platform === 'win32') return false
  const stats = statSync(file, { throwIfNoEntry: false })
  return stats !== undefined && (stats.mode & 0o044) !== 0
}
