import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

export interface LogFile {
  /** Written at once, so that the last line before a crash is there. */
  write(line: string): void
  close(): void
}

const defaultMostBytes = 2_000_000

/**
 * Appends lines to a file of bounded size: when it is full, it becomes `PATH.old`, in the place of the one before. A
 * disk that can't be written to costs the lines, nothing else.
 */
export function openLogFile(path: string, mostBytes = defaultMostBytes): LogFile {
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

  return {
    write(line) {
      try {
        if (file !== undefined && bytes >= mostBytes) {
          close()
          renameSync(path, `${path}.old`)
        }
        file ??= open()
        bytes += writeSync(file, line)
      } catch {
        // There is no place left to tell it.
      }
    },
    close,
  }
}
