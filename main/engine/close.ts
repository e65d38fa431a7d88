import type { Socket } from 'node:net'

/**
 * Ends a socket so that the other side sees a failure, not the end of an answer: with a reset (RST) where the system
 * can send one. Unix sockets know no reset, and libuv refuses one while a FIN waits to be sent (and would then leak
 * the descriptor): those are closed at once, without sending what is still buffered.
 */
export function resetSocket(socket: Socket): void {
  if (socket.destroyed) return
  // Inside TLS, the connection is the TLS layer's to close, which tells the other side nothing: as good as a reset.
  const isTcp = socket.remoteFamily !== undefined && !('encrypted' in socket)
  // The FIN is asked for when the last byte is with the system: before, a reset keeps a part from looking like the whole.
  const isShuttingDown = socket.writableEnded && !socket.writableFinished && socket.writableLength === 0
  if (isTcp && !isShuttingDown) socket.resetAndDestroy()
  else socket.destroy()
}
