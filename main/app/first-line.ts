import { closeSync, constants, openSync, readSync } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { formatDuration } from '../../shared/format.ts'

// The first line of a file, without its line end. No more is read than is needed, so that a pipe will do.

const mostBytes = 4096
const lineFeed = 0x0a

/** For what has nothing else to do: it waits for a pipe as long as that takes, and so does this thread. */
export function readFirstLine(path: string): string {
  const buffer = Buffer.alloc(mostBytes)
  const file = openSync(path, 'r')
  let length = 0
  try {
    while (isUnfinished(buffer, length)) {
      const count = readSync(file, buffer, length, mostBytes - length, null)
      if (count === 0) break
      length += count
    }
  } finally {
    closeSync(file)
  }
  return firstLineOf(buffer, length)
}

export interface FirstLineOptions {
  /** How long a pipe may take. */
  readonly patienceMs?: number
  /** Ends the wait for a pipe. */
  readonly signal?: AbortSignal | undefined
}

const pollMs = 20

/**
 * Reads first lines while this thread goes on. A file is read anew each time. A pipe is read once, and what it gave is kept:
 * it may have nothing more, or be gone.
 */
export function createFirstLineReader(options: FirstLineOptions = {}): (path: string) => Promise<string> {
  const given = new Map<string, Promise<string>>()

  function readOnce(path: string): Promise<string> {
    const line = readWithPatience(path, options)
    given.set(path, line)
    const forget = () => given.delete(path)
    line.then((text) => text === '' && forget(), forget)
    return line
  }

  return async (path) => {
    const isFile = await stat(path).then(
      (stats) => stats.isFile(),
      () => false,
    )
    return isFile ? readWithPatience(path, options) : (given.get(path) ?? readOnce(path))
  }
}

async function readWithPatience(path: string, options: FirstLineOptions): Promise<string> {
  const { patienceMs = 10_000, signal } = options
  const buffer = Buffer.alloc(mostBytes)
  // Else it would wait for who writes into a pipe, and none of libuv's threads can be called back from that.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  let length = 0
  try {
    const isPipe = (await file.stat()).isFIFO()
    const deadline = performance.now() + patienceMs
    while (isUnfinished(buffer, length)) {
      const count = await readSome(file, buffer, length)
      // A pipe that nobody writes into yet seems to be at its end.
      if (count === 0 && (length > 0 || !isPipe)) break
      if (count) length += count
      else if (signal?.aborted) throw new Error('Nexthop is closing')
      else if (performance.now() < deadline) await sleep(pollMs, undefined, { signal }).catch(() => undefined)
      else throw new Error(`no line came out of it for ${formatDuration(patienceMs)}`)
    }
  } finally {
    await file.close()
  }
  return firstLineOf(buffer, length)
}

/** Undefined where there is nothing at the moment. */
async function readSome(file: FileHandle, buffer: Buffer, length: number): Promise<number | undefined> {
  try {
    return (await file.read(buffer, length, mostBytes - length, null)).bytesRead
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined
    throw error
  }
}

function isUnfinished(buffer: Buffer, length: number): boolean {
  return length < mostBytes && !buffer.subarray(0, length).includes(lineFeed)
}

function firstLineOf(buffer: Buffer, length: number): string {
  const text = buffer
    .subarray(0, length)
    .toString('utf8')
    .replace(/^\ufeff/, '')
  return (text.split('\n', 1)[0] ?? '').replace(/\r$/, '')
}
