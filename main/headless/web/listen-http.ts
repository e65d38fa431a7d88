import type { Server } from 'node:http'

export interface HttpListener {
  readonly port: number
  /** Stops listening, and ends all connections. */
  close(): Promise<void>
}

/** Rejects with the system's error where the address can't be listened on. */
export function listenHttp(server: Server, host: string, port: number): Promise<HttpListener> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      const address = server.address()
      resolve({
        port: typeof address === 'object' && address ? address.port : port,
        close: () =>
          new Promise<void>((done) => {
            server.close(() => {
              done()
            })
            server.closeAllConnections()
          }),
      })
    })
  })
}
