import { open } from 'node:fs/promises'
import { mostCaptureBytesPerCall, type CapturePart } from '../../../shared/calls/capture-calls.ts'
import { conflict, notFound } from '../../../shared/errors.ts'
import type { AppInfo } from '../../../shared/runtime.ts'
import { say } from '../../../shared/told.ts'
import type { Handlers } from '../dispatch.ts'
import type { Log } from '../log.ts'
import type { CaptureBook } from './capture-book.ts'
import { createCaptureReaders } from './capture-readers.ts'
import { openInWireshark } from './wireshark.ts'

type CaptureCalls = Extract<keyof Handlers, `capture.${string}`>

export function captureHandlers(book: CaptureBook, info: AppInfo, log: Log): Pick<Handlers, CaptureCalls> {
  const readers = createCaptureReaders(book, log)
  return {
    'capture.start': async ({ whileRead, ...options }) => {
      const begun = await book.start(options)
      if (whileRead) readers.expect(begun.id)
      return begun
    },
    'capture.stop': ({ id }) => book.stop(id),
    'capture.list': () => book.list(),
    'capture.get': ({ id }) => {
      readers.heard(id)
      return book.get(id)
    },
    'capture.read': ({ id, offset }) => {
      readers.heard(id)
      return readPart(book.get(id).path, offset)
    },
    'capture.remove': async ({ id }) => {
      readers.forget(id)
      await book.remove(id)
      return {}
    },
    'capture.open': async ({ id }) => {
      const { path } = book.get(id)
      if (!info.opensCaptures) {
        throw conflict(
          say(
            'Wireshark is not installed here, or not on your desktop: save the capture, and open it where you are',
          ),
        )
      }
      await openInWireshark(path)
      return {}
    },
  }
}

async function readPart(path: string, offset: number): Promise<CapturePart> {
  const file = await open(path, 'r').catch(() => {
    throw notFound(say('The file of this capture can not be read any more'))
  })
  try {
    const buffer = Buffer.alloc(mostCaptureBytesPerCall)
    const { bytesRead } = await file.read(buffer, 0, buffer.length, offset)
    const { size } = await file.stat()
    return {
      base64: buffer.toString('base64', 0, bytesRead),
      hasMore: bytesRead > 0 && offset + bytesRead < size,
    }
  } finally {
    await file.close()
  }
}
