import { createServer, type ListenOptions, type Server } from 'node:net'
import { Peer } from './peer.ts'
import { until } from './until.ts'

export interface TcpServer {
  /** 0 for unix sockets. */
  readonly port: number
  /** Everybody who connected so far. */
  readonly peers: readonly Peer[]
  /** The next one who connected and was not asked for yet. */
  nextPeer(): Promise<Peer>
  /** Stops listening and resets every connection. */
  close(): Promise<void>
}

export interface TcpServerOptions extends ListenOptions {
  /** False leaves everything that arrives in the system's buffers. */
  readonly reading?: boolean
}

/** A TCP server on a free port of 127.0.0.1, or where the options say. */
export async function startTcpServer(
  onPeer: (peer: Peer) => void = () => undefined,
  { reading = true, ...listen }: TcpServerOptions = {},
): Promise<TcpServer> {
  const peers: Peer[] = []
  let taken = 0
  const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (socket) => {
    const peer = new Peer(socket, { reading })
    peers.push(peer)
    onPeer(peer)
  })
  const port = await startListening(server, listen)
  return {
    port,
    peers,
    async nextPeer() {
      const peer = await until('a connection arrives', () => peers[taken])
      taken += 1
      return peer
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const peer of peers) peer.reset()
      await closed
    },
  }
}

/** Listens and gives the port. */
export async function startListening(server: Server, listen: ListenOptions = {}): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(listen.path ? listen : { host: '127.0.0.1', port: 0, ...listen }, () => resolve())
  })
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

/** A port of 127.0.0.1 on which nobody listens at this moment. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  const server = createServer()
  const port = await startListening(server, { host })
  await new Promise((resolve) => server.close(resolve))
  return port
}
