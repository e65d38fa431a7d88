import { readFileSync } from 'node:fs'
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

// Above the ports that browsers refuse (10080 is the last one of those below 30000, WHATWG Fetch, "port blocking").
const lowest = 11_000
const highest = 30_000
const mostAttempts = 200

/**
 * A port of this machine on which nobody listens at this moment, nor on the `count - 1` ports behind it. It is below the
 * ports that the system gives to outgoing connections and to port 0, so nobody gets it by chance before it is used.
 */
export async function freePort(host = '127.0.0.1', count = 1): Promise<number> {
  const below = Math.min(highest, firstEphemeral())
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const port = lowest + Math.floor(Math.random() * (below - lowest - count))
    if (await areFree(host, port, count)) return port
  }
  throw new Error(`${mostAttempts} times, no ${count} free ports of ${host} were found below ${below}`)
}

/** Where that can't be read, the range begins above 30000: at 49152 on Windows and macOS, as IANA has it. */
function firstEphemeral(): number {
  try {
    const [first] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').split(/\s/)
    // A machine that gives away all of its ports leaves no better choice.
    return Number(first) > lowest + 1000 ? Number(first) : highest
  } catch {
    return highest
  }
}

async function areFree(host: string, first: number, count: number): Promise<boolean> {
  const servers: Server[] = []
  try {
    for (let port = first; port < first + count; port += 1) {
      const server = createServer()
      await startListening(server, { host, port })
      servers.push(server)
    }
    return true
  } catch {
    return false
  } finally {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  }
}
