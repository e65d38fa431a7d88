import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

export interface LogFile {
  /** Written at once, so that the last line before a crash is there. */
  write(line: string): void
  close(): void
}

export interface LogFileLimits {
  readonly mostBytes: number
  /** Full files that are kept, besides the one that is written. */
  readonly keep: number
}

export const defaultLogFileLimits: LogFileLimits = { mostBytes: 2_000_000, keep: 1 }

/**
 * Appends lines to a file of bounded size: when it is full, it becomes `PATH.1`, which becomes `PATH.2`, and so on; the
 * oldest is dropped. A disk that can't be written to costs the lines, nothing else.
 */
export function openLogFile(path: string, limits: LogFileLimits = defaultLogFileLimits): LogFile {
  const { mostBytes, keep } = limits
  let file: number | undefined
  let bytes = 0

  function open(): number {
    mkdirSync(dirname(path), { recursive: true })
    const opened = openSync(path, 'a', 0o600)
    bytes = fstatSync(opened).size
    return opened
  }

  function close(): void {
    if (file !== undefined) closeSync(file)
    file = undefined
  }

  function rotate(): void {
    close()
    for (let age = keep - 1; age >= 1; age -= 1) moveIfThere(`${path}.${age}`, `${path}.${age + 1}`)
    if (keep === 0) rmSync(path, { force: true })
    else renameSync(path, `${path}.1`)
  }

  return {
    write(line) {
      try {
        file ??= open()
        if (bytes > 0 && bytes + Buffer.byteLength(line) > mostBytes) {
          rotate()
          file = open()
        }
        bytes += writeSync(file, line)
      } catch {
        // There is no place left to tell it.
      }
    },
    close,
  }
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}
