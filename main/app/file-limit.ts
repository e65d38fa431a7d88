import { readFileSync } from 'node:fs'
import { lowestFreeFile } from '../engine/lowest-free-file.ts'
import type { Log } from './log.ts'

// Every connection takes two descriptors. Where none is left, libuv closes who connects and tells nobody.

const lookEveryMs = 1000
const fewFiles = 1024
const remedy =
  'Raise the limit: with "ulimit -n 65536" before it starts, or LimitNOFILE=65536 in its systemd unit.'

/** Tells in the log where this process may open few files, and once they run out. Returns what ends that. */
export function watchFileLimit(log: Log): () => void {
  // Windows has no such limit.
  if (process.platform === 'win32') return () => undefined
  const limit = readLimit()
  if (limit < fewFiles) {
    log.warn(
      `Nexthop may have no more than ${limit} files and connections open, two for each client. ${remedy}`,
    )
  }
  let isTold = false
  const look = () => {
    const used = lowestFreeFile()
    if (used < limit * 0.75) isTold = false
    if (isTold || used < limit * 0.95) return
    isTold = true
    log.warn(
      'Nexthop has about as many files and connections open as it may. ' +
        `Who connects when none is left is turned away without a trace. ${remedy}`,
    )
  }
  const timer = setInterval(look, lookEveryMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** Node has raised the soft limit to the hard one. Infinite where it is not known. */
function readLimit(): number {
  try {
    const [, limit] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? []
    return limit === undefined ? Infinity : Number(limit)
  } catch {
    return Infinity
  }
}
