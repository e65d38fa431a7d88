import type { Duplex } from 'node:stream'
import { WireSocket } from './wire/wire-socket.ts'

/** Written after a chunk that is on its way, to hear when that has gone: a callback for every chunk would cost a turn each. */
const nothing = Buffer.alloc(0)

/** Told of every chunk before it is passed on. The bytes are valid during the call only. */
export type OnChunk = (chunk: Buffer) => void

/**
 * Moves what `from` brings to `to`, one direction of a relay, no faster than `to` takes it. Ends and errors are the
 * relay's business.
 *
 * It reads on once everything was handed to the system, and not before: then a chunk needs no copy, because nobody holds
 * on to it, and what waits in memory is one chunk at most. The usual question whether `write` returned false would stop
 * for every large chunk, even for those that went out at once.
 */
export function pump(from: Duplex, to: Duplex, onChunk: OnChunk): void {
  let isWaiting = false
  const onWritten = () => {
    if (!isWaiting || to.writableLength > 0) return
    isWaiting = false
    from.resume()
  }
  const take = (chunk: Buffer): boolean => {
    onChunk(chunk)
    to.write(chunk)
    isWaiting = to.writableLength > 0
    if (isWaiting) to.write(nothing, onWritten)
    return !isWaiting
  }
  if (from instanceof WireSocket) {
    from.once('close', () => from.release(isWaiting))
    from.passTo(take)
  } else {
    from.on('data', (chunk: Buffer) => {
      if (!take(chunk)) from.pause()
    })
    from.resume()
  }
}
