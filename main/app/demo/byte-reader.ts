import type { Socket } from 'node:net'

/** Reads a socket in pieces of known size, however its bytes arrive. */
export interface ByteReader {
  /** The next bytes; rejects where the stream ends before. */
  take(size: number): Promise<Buffer>
}

export function createByteReader(socket: Socket): ByteReader {
  return {
    take: async (size) => {
      for (;;) {
        const bytes = socket.read(size) as Buffer | null
        if (bytes?.length === size) return bytes
        if (bytes || socket.readableEnded || socket.destroyed) throw new Error('the client left')
        await readableOrEnd(socket)
      }
    },
  }
}

function readableOrEnd(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const events = ['readable', 'end', 'close', 'error']
    const done = () => {
      for (const event of events) socket.off(event, done)
      resolve()
    }
    for (const event of events) socket.on(event, done)
  })
}
