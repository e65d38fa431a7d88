import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { noise } from './data.ts'
import { startTcpServer, type TcpServer, type TcpServerOptions } from './tcp-server.ts'

// Destinations with one habit each. All are on a free port of 127.0.0.1 unless told otherwise.

/** Sends back what it gets, and ends when the client has ended. */
export function startEcho(options: TcpServerOptions = {}): Promise<TcpServer> {
  return startTcpServer(({ socket }) => socket.pipe(socket), { ...options, reading: false })
}

/** Sends so many bytes of noise (see `noiseSha256`) as soon as somebody connects, then ends. */
export function startSource(bytes: number, seed = 0): Promise<TcpServer> {
  return startTcpServer((peer) => {
    const stream = Readable.from(noise(bytes, seed), { objectMode: false })
    peer.socket.once('close', () => stream.destroy())
    stream.pipe(peer.socket)
    peer.socket.resume()
  })
}

/** Reads until the client's FIN, then answers with the SHA-256 of it all in hex, and ends. */
export function startSink(): Promise<TcpServer> {
  return startTcpServer(
    ({ socket }) => {
      const hash = createHash('sha256')
      socket.on('data', (chunk: Buffer) => hash.update(chunk))
      socket.once('end', () => socket.end(hash.digest('hex')))
      socket.resume()
    },
    { reading: false },
  )
}

/** Says nothing until the client's FIN, then answers "got: " and all that it got. */
export function startAnswerAfterEnd(options: TcpServerOptions = {}): Promise<TcpServer> {
  return startTcpServer((peer) => {
    peer.socket.once('end', () => peer.end(Buffer.concat([Buffer.from('got: '), peer.received])))
  }, options)
}

/** Speaks first, as SMTP, SSH and MySQL do; then it sends back what it gets. */
export function startBanner(banner: string | Uint8Array): Promise<TcpServer> {
  return startTcpServer(
    ({ socket }) => {
      socket.write(banner)
      socket.pipe(socket)
    },
    { reading: false },
  )
}

/** Sends a few bytes if given any, ends its side at once, and still reads what comes. */
export function startEndsFirst(message = ''): Promise<TcpServer> {
  return startTcpServer((peer) => peer.end(message))
}

/** Answers the first bytes that it gets with an RST. */
export function startResetter(): Promise<TcpServer> {
  return startTcpServer((peer) => peer.socket.once('data', () => peer.reset()))
}

/** Accepts and never reads; what does not fit into the system's buffers stays with the sender. */
export function startNeverReads(): Promise<TcpServer> {
  return startTcpServer(undefined, { reading: false })
}
