import type { Server, Socket } from 'node:net'
import type { ReadBuffers } from './read-buffers.ts'
import { WireSocket } from './wire-socket.ts'

/** The part of a listening handle that matters here. It is not public; where it is missing, nothing is changed. */
interface ListeningHandle {
  onconnection?: (this: unknown, error: number, client: ClientHandle | undefined) => void
}
interface ClientHandle {
  setNoDelay?(on: boolean): number
}

export interface AcceptOptions {
  readonly noDelay: boolean
}

/**
 * Makes a listening server accept WireSockets. Node can give a dialled socket a buffer to read into, but not an accepted
 * one: its server makes plain sockets and has no option for others. So this takes the connection where the server would
 * have made the socket. A server on which that can't be done emits 'connection' with plain ones, as before, which is
 * slower and nothing else.
 */
export function acceptWireSockets(
  server: Server,
  buffers: ReadBuffers,
  { noDelay }: AcceptOptions,
  onSocket: (socket: Socket) => void,
): void {
  const handle = (server as Server & { _handle?: ListeningHandle })._handle
  const usual = handle?.onconnection
  if (!handle || !usual) return
  handle.onconnection = function (error, client) {
    if (error || !client) return usual.call(this, error, client)
    const socket = new WireSocket(buffers, {
      handle: client,
      allowHalfOpen: true,
      readable: true,
      writable: true,
    })
    if (noDelay) client.setNoDelay?.(true)
    onSocket(socket)
  }
}
