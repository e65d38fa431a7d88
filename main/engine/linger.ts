import type { Socket } from 'node:net'
import { resetSocket } from './close.ts'

/** How long the other side may take to end, too, once the system has the last bytes. */
const lingerMs = 2000

export interface LingerOptions {
  /** Sent before the end. */
  readonly last?: Buffer
  /**
   * How long bytes may wait in this process for a reader that takes none; it is reset then, since an end would look
   * like the end of the answer. Without it, they wait until somebody else ends the socket.
   */
  readonly flushMs?: number
}

/**
 * Ends a socket so that its last bytes arrive. What the other side still sends is read and dropped: a socket that is
 * closed with unread bytes is reset by the system, and the reset overtakes the answer (RFC 9112 section 9.6).
 */
export function lingerAndEnd(socket: Socket, { last, flushMs }: LingerOptions = {}): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) return resolve()
    let timer = flushMs === undefined ? undefined : setTimeout(() => resetSocket(socket), flushMs)
    const finish = () => {
      clearTimeout(timer)
      socket.off('close', finish).off('end', finish)
      resolve()
    }
    socket.on('error', () => undefined)
    socket.once('close', finish)
    if (last && last.length > 0) socket.write(last)
    socket.end(() => {
      // Both have ended: nothing can get lost any more.
      if (socket.readableEnded || socket.destroyed) return finish()
      socket.once('end', finish)
      clearTimeout(timer)
      timer = setTimeout(finish, lingerMs)
    })
    socket.resume()
  })
}
