import type { Socket } from 'node:net'

/** How long the other side may take to read the last bytes and end, too. */
const lingerMs = 2000

/**
 * Ends a socket so that its last bytes arrive. What the other side still sends is read and dropped: a socket that is
 * closed with unread bytes is reset by the system, and the reset overtakes the answer (RFC 9112 section 9.6).
 */
export function lingerAndEnd(socket: Socket, last?: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(), lingerMs)
    const finish = () => {
      clearTimeout(timer)
      socket.off('close', finish).off('end', finish)
      resolve()
    }
    if (socket.destroyed) return finish()
    socket.on('error', () => undefined)
    socket.once('close', finish)
    if (last && last.length > 0) socket.write(last)
    socket.end(() => {
      // Both have ended: nothing can get lost any more.
      if (socket.readableEnded) finish()
      else socket.once('end', finish)
    })
    socket.resume()
  })
}
