import { closeSync, fstatSync, lstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { conflict } from '../../shared/errors.ts'
import { say } from '../../shared/told.ts'
import { writeError } from './system-error.ts'

export interface LogFile {
  /** Opens it before there is a line for it. Throws a NexthopError that says why it can't be written. */
  open(): void
  /** Written at once, so that the last line before a crash is there. Throws as `open` does. */
  write(line: string): void
  close(): void
}

export interface LogFileLimits {
  readonly mostBytes: number
  /** Full files that are kept, besides the one that is written. */
  readonly keep: number
  /** For a place that is the app's own: where the folder is missing elsewhere, its name is likely mistyped. */
  readonly makesFolder?: boolean
}

export const defaultLogFileLimits: LogFileLimits = { mostBytes: 2_000_000, keep: 1, makesFolder: true }

/**
 * Appends lines to a file of bounded size: when it is full, it becomes `PATH.1`, which becomes `PATH.2`, and so on; the
 * oldest is dropped. A device is written to without end, and never moved.
 */
export function openLogFile(path: string, limits: LogFileLimits = defaultLogFileLimits): LogFile {
  const { mostBytes, keep, makesFolder = false } = limits
  let file: number | undefined
  let bytes = 0
  let isFile = true

  function open(): number {
    if (makesFolder) mkdirSync(dirname(path), { recursive: true })
    // Opening one that has a name would wait for somebody who reads. /dev/stderr, a link, may well be a pipe.
    if (lstatSync(path, { throwIfNoEntry: false })?.isFIFO()) throw new Error('it is a pipe: choose a file')
    const opened = openSync(path, 'a', 0o600)
    const stats = fstatSync(opened)
    bytes = stats.size
    isFile = stats.isFile()
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

  function write(line: string): void {
    file ??= open()
    if (isFile && bytes > 0 && bytes + Buffer.byteLength(line) > mostBytes) {
      rotate()
      file = open()
    }
    bytes += writeSync(file, line)
  }

  function orSayWhy(work: () => void): void {
    try {
      work()
    } catch (error) {
      throw conflict(say('The log file {path} can not be written: {why}', { path, why: writeError(error) }))
    }
  }

  return {
    open: () => {
      orSayWhy(() => (file ??= open()))
    },
    write: (line) => {
      orSayWhy(() => {
        write(line)
      })
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
