import type { Socket } from 'node:net'
import type { SocketReader } from '../identify/socket-reader.ts'
import { BodyError, type BodyMeter } from './http-body.ts'

/** Writes to a socket that may be closing. Resolves when it takes more, or is gone. */
export async function writeTo(to: Socket, bytes: Buffer): Promise<void> {
  if (to.write(bytes)) return
  await new Promise<void>((resolve) => {
    const go = () => {
      to.off('drain', go).off('close', go)
      resolve()
    }
    to.on('drain', go).on('close', go)
  })
}

/** What became of a body: its sender ended before it was whole, or it is not valid. */
export type Passed = 'whole' | 'cut' | 'wrong'

/** Passes on a body, as far as it is valid. */
export async function passBody(
  reader: SocketReader,
  body: BodyMeter,
  passOn: (bytes: Buffer) => Promise<void>,
): Promise<Passed> {
  try {
    while (!body.isDone) {
      const length = body.take(reader.pending)
      if (length > 0) await passOn(reader.take(length))
      else if (reader.pending.length > 0 || (await reader.more()) !== 'more') return 'cut'
    }
    return 'whole'
  } catch (error) {
    if (error instanceof BodyError) return 'wrong'
    throw error
  }
}
