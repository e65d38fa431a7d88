import { execFile } from 'node:child_process'
import type { Found } from './peer.ts'

/** The version that a program prints. Some print it on stderr, and end with an error code. */
export function findVersion(program: string, args: readonly string[], pattern: RegExp): Promise<Found> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 5000 }, (error, stdout, stderr) => {
      if (error?.code === 'ENOENT') return resolve({ missing: `${program} is not installed` })
      const version = pattern.exec(stdout + stderr)?.[1]
      resolve(version === undefined ? { missing: `${program} does not tell its version` } : { version })
    })
  })
}
