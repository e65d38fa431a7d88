import type { Server, Socket } from 'node:net'
import { defaultListenHost, type Endpoint } from '../../../shared/model/address.ts'

export interface DemoServer {
  readonly endpoint: Endpoint
  /** Stops listening and ends all connections. */
  close(): Promise<void>
}

/** Makes a server listen on a free port of 127.0.0.1. Rejects with the system's error. */
export function listenOnLoopback(server: Server): Promise<DemoServer> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve()
      })
      for (const socket of sockets) socket.destroy()
    })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: defaultListenHost, port: 0 }, () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      resolve({ endpoint: { host: defaultListenHost, port }, close })
    })
  })
}
