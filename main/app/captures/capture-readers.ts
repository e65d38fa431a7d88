import type { Log } from '../log.ts'
import type { CaptureBook } from './capture-book.ts'

// Whoever reads a recording as it grows may be killed: nobody would end it then before its limit.

export interface CaptureReaders {
  /** From now on somebody reads this recording. */
  expect(id: string): void
  heard(id: string): void
  forget(id: string): void
}

/** How long a reader may be silent. */
export const readerPatienceMs = 10_000

export function createCaptureReaders(
  book: Pick<CaptureBook, 'get' | 'stop'>,
  log: Pick<Log, 'info'>,
  patienceMs = readerPatienceMs,
): CaptureReaders {
  const timers = new Map<string, NodeJS.Timeout>()

  /** Its file stays, as after any other end. */
  async function end(id: string): Promise<void> {
    timers.delete(id)
    const { endedAt, path } = book.get(id)
    if (endedAt !== undefined) return
    await book.stop(id)
    log.info(`A recording was ended, since nobody reads it any more; it is in ${path}.`)
  }

  return {
    expect: (id) => {
      const timer = setTimeout(() => {
        // It may be gone, or the engine with it.
        end(id).catch(() => undefined)
      }, patienceMs)
      timers.set(id, timer.unref())
    },
    heard: (id) => {
      timers.get(id)?.refresh()
    },
    forget: (id) => {
      clearTimeout(timers.get(id))
      timers.delete(id)
    },
  }
}
