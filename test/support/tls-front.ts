import { connect, type Socket } from 'node:net'
import { createServer } from 'node:tls'
import { startListening } from './tcp-server.ts'

/** Takes TLS off and passes on what is inside, to a port of 127.0.0.1, as stunnel does. */
export async function startTlsFront(
  to: number,
  certificate: { readonly cert: string; readonly key: string },
) {
  const sockets = new Set<Socket>()
  const names: (string | false | null)[] = []
  const { cert, key } = certificate
  const server = createServer({ cert, key, allowHalfOpen: true }, (client) => {
    names.push(client.servername)
    const inside = connect({ port: to, host: '127.0.0.1', allowHalfOpen: true })
    for (const socket of [client, inside]) {
      sockets.add(socket)
      socket.on('error', () => {
        client.destroy()
        inside.destroy()
      })
    }
    client.pipe(inside).pipe(client)
  })
  // Those that never get through the handshake, too.
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.on('tlsClientError', () => undefined)
  const port = await startListening(server)
  return {
    port,
    /** The names that clients sent as SNI. */
    names: names as readonly (string | false | null)[],
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
