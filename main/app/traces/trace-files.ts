import { appendFile, mkdir, readdir, rm, stat, statfs } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { TraceSettings } from '../../../shared/model/trace-settings.ts'
import { describeSystemError } from '../system-error.ts'

// Traces as JSON lines in files of bounded number, size and age. They must never fill a disk: the oldest file makes room
// before a new line is written, and nothing is written while the disk has little space left.

export interface TraceFiles {
  configure(limits: Pick<TraceSettings, 'mostMegabytes' | 'mostDays'>): void
  /** Adds lines, each with its line end. Never rejects; what can't be written is dropped. */
  append(lines: readonly string[]): Promise<void>
  /** Resolves when what was added is written. */
  close(): Promise<void>
}

export interface TraceFilesOptions {
  readonly folder: string
  /** Told once when nothing can be written any more, and once when it can again. */
  readonly onTrouble: (message: string) => void
  readonly onGood: () => void
  readonly now?: () => number
  /** Bytes that this user may still write to the disk. */
  readonly freeBytes?: (folder: string) => Promise<number>
}

/** The bound of all files together is spread over so many. */
const filesAtMost = 10
/** What is left to everybody else on the disk. */
const leastFreeBytes = 200_000_000
/** After trouble it is tried again so often. */
const retryMs = 60_000
/** Files get too old while nothing is written, too. */
const pruneMs = 3_600_000
/** What may wait for a slow disk. */
const mostWaitingBytes = 32_000_000
const pattern = /^traces-[\dTZ-]+\.jsonl$/

export function traceFolder(configPath: string): string {
  return join(dirname(resolve(configPath)), 'traces')
}

export function createTraceFiles(options: TraceFilesOptions): TraceFiles {
  const { folder, onTrouble, onGood, now = Date.now, freeBytes = freeBytesOf } = options
  let mostBytes = 0
  let mostAgeMs = 0
  let current: { readonly path: string; bytes: number } | undefined
  let work: Promise<void> = Promise.resolve()
  let waitingBytes = 0
  let retryAt = 0
  let isTroubled = false

  const timer = setInterval(() => void inTurn(() => makeRoom(0)), pruneMs)
  timer.unref()

  function inTurn(act: () => Promise<void>): Promise<void> {
    work = work.then(act).catch(() => undefined)
    return work
  }

  /** Removes files that are too old, and the oldest ones until `more` bytes fit in. */
  async function makeRoom(more: number): Promise<void> {
    const files = await listFiles(folder)
    let total = files.reduce((sum, { bytes }) => sum + bytes, more)
    for (const { path, bytes, changedAt } of files) {
      const isTooOld = now() - changedAt > mostAgeMs
      if (!isTooOld && total <= mostBytes) continue
      await rm(path, { force: true })
      total -= bytes
      if (path === current?.path) current = undefined
    }
  }

  async function write(text: string): Promise<void> {
    const bytes = Buffer.byteLength(text)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    if ((await freeBytes(folder)) < leastFreeBytes + bytes) throw new Error('the disk is nearly full')
    if (current && current.bytes + bytes > mostBytes / filesAtMost) current = undefined
    if (!current) {
      await makeRoom(mostBytes / filesAtMost)
      current = { path: await newPath(), bytes: 0 }
    }
    await appendFile(current.path, text, { mode: 0o600 })
    current.bytes += bytes
  }

  async function newPath(): Promise<string> {
    const taken = new Set((await listFiles(folder)).map(({ path }) => basename(path)))
    const stamp = new Date(now()).toISOString().replace(/[:.]/g, '-')
    // Names sort by time, also those of one millisecond.
    for (let number = 0; ; number += 1) {
      const name = `traces-${stamp}-${String(number).padStart(3, '0')}.jsonl`
      if (!taken.has(name)) return join(folder, name)
    }
  }

  async function writeAll(lines: readonly string[]): Promise<void> {
    if (isTroubled && now() < retryAt) return
    try {
      for (const text of chunks(lines, mostBytes / filesAtMost)) await write(text)
      if (isTroubled) onGood()
      isTroubled = false
    } catch (error) {
      if (!isTroubled) onTrouble(describeSystemError(error))
      isTroubled = true
      retryAt = now() + retryMs
      current = undefined
    }
  }

  return {
    configure: ({ mostMegabytes, mostDays }) => {
      mostBytes = mostMegabytes * 1_000_000
      mostAgeMs = mostDays * 86_400_000
      void inTurn(() => makeRoom(0))
    },
    append: (lines) => {
      const bytes = lines.reduce((sum, line) => sum + line.length, 0)
      if (waitingBytes + bytes > mostWaitingBytes) return Promise.resolve()
      waitingBytes += bytes
      return inTurn(() => writeAll(lines)).then(() => {
        waitingBytes -= bytes
      })
    },
    close: () => {
      clearInterval(timer)
      return work
    },
  }
}

/** Lines put together as far as they fit into a file; one that is larger than a whole file is left out. */
function chunks(lines: readonly string[], mostBytes: number): string[] {
  const texts: string[] = []
  let text = ''
  for (const line of lines) {
    if (Buffer.byteLength(line) > mostBytes) continue
    if (text !== '' && Buffer.byteLength(text) + Buffer.byteLength(line) > mostBytes) {
      texts.push(text)
      text = ''
    }
    text += line
  }
  return text === '' ? texts : [...texts, text]
}

/** Those that this made, the oldest first. */
async function listFiles(folder: string) {
  const names = await readdir(folder).catch((): string[] => [])
  const files = await Promise.all(
    names
      .filter((name) => pattern.test(name))
      .sort()
      .map(async (name) => {
        const path = join(folder, name)
        const found = await stat(path).catch(() => undefined)
        return found ? [{ path, bytes: found.size, changedAt: found.mtimeMs }] : []
      }),
  )
  return files.flat()
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
