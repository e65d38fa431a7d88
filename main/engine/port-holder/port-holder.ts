import type { PortHolder } from '../../../shared/errors.ts'
import { findHolderWithLsof } from './lsof.ts'
import { findHolderInProc } from './proc.ts'
import { findHolderWithNetstat } from './netstat.ts'

/**
 * The process that listens on a TCP port of this machine, as far as this user may know it: on Linux the processes of
 * other users stay hidden. Undefined where it can't be told; never rejects.
 */
export async function findPortHolder(
  port: number,
  platform: NodeJS.Platform = process.platform,
): Promise<PortHolder | undefined> {
  try {
    const holder = await finderFor(platform)(port)
    return holder?.pid === process.pid ? { ...holder, name: 'this Nexthop' } : holder
  } catch {
    return undefined
  }
}

function finderFor(platform: NodeJS.Platform): (port: number) => Promise<PortHolder | undefined> {
  switch (platform) {
    case 'linux':
      return findHolderInProc
    case 'win32':
      return findHolderWithNetstat
    default:
      return findHolderWithLsof
  }
}
