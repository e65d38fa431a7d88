import type { Socket } from 'node:net'
import { WireSocket } from '../wire/wire-socket.ts'

// Listens in on one socket without a part in its data path: a socket that nobody records is left as it is. What it
// sends is seen when it is handed to the system, what it gets before anybody reads it.

/** `here` is our end of the socket, `there` the peer's. */
export type Origin = 'here' | 'there'

export interface TapListener {
  /** The bytes are valid during the call only. */
  data(from: Origin, bytes: Buffer): void
  /** A FIN: no more data from this end. */
  end(from: Origin): void
  /** An RST. */
  reset(from: Origin): void
  /** The socket is gone, whether or not an end was seen. */
  close(): void
}

interface WriteRequest {
  readonly chunk: Buffer | string
  readonly encoding: BufferEncoding
}

type Done = (error?: Error | null) => void

export function tapSocket(socket: Socket, listener: TapListener): void {
  const push = socket.push.bind(socket)
  const resetAndDestroy = socket.resetAndDestroy.bind(socket)
  const write = socket._write.bind(socket)
  // Both are always there on a net.Socket.
  const writev = socket._writev?.bind(socket)
  const final = socket._final.bind(socket)
  const isWire = socket instanceof WireSocket

  if (isWire) {
    // What it reads does not always become a part of the stream.
    const receive = socket.receive.bind(socket)
    socket.receive = (bytes, buffer) => {
      listener.data('there', Buffer.from(buffer.buffer, buffer.byteOffset, bytes))
      return receive(bytes, buffer)
    }
  }
  socket.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (chunk === null) listener.end('there')
    else if (!isWire) listener.data('there', chunk as Buffer)
    return push(chunk, encoding)
  }
  socket._write = (chunk: Buffer | string, encoding: BufferEncoding, done: Done) => {
    listener.data('here', toBuffer({ chunk, encoding }))
    write(chunk, encoding, done)
  }
  if (writev) {
    socket._writev = (requests: WriteRequest[], done: Done) => {
      for (const request of requests) listener.data('here', toBuffer(request))
      writev(requests, done)
    }
  }
  socket._final = (done: Done) => {
    listener.end('here')
    final(done)
  }
  socket.resetAndDestroy = () => {
    listener.reset('here')
    return resetAndDestroy()
  }
  socket.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'ECONNRESET' || code === 'EPIPE') listener.reset('there')
  })
  socket.once('close', () => listener.close())
}

function toBuffer({ chunk, encoding }: WriteRequest): Buffer {
  return typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk
}
