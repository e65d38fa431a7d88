import { connectTo, type Peer } from '../support/peer.ts'
import { SocksServer } from '../support/socks-server.ts'
import { startTcpServer, type TcpServer } from '../support/tcp-server.ts'
import { exampleLogin } from './example-office.ts'

const beatMs = 250

/** What one rule carries: bytes per second at a second of the run. */
interface Flow {
  readonly listenPort: number
  readonly service: { readonly host: string; readonly port: number }
  readonly connections: number
  readonly down: (second: number) => number
  readonly up: (second: number) => number
}

const wave = (second: number, period: number) => 0.5 + 0.5 * Math.sin((second / period) * 2 * Math.PI)
const burst = (second: number, every: number, length: number) => (second % every < length ? 1 : 0)

// The services are on the addresses of example-names.mjs.
const flows: readonly Flow[] = [
  {
    listenPort: 9102,
    service: { host: '127.10.0.54', port: 5432 },
    connections: 3,
    down: (second) => 90_000 + 260_000 * wave(second, 47) * wave(second, 13) + 500_000 * burst(second, 71, 9),
    up: (second) => 30_000 + 50_000 * wave(second, 29),
  },
  {
    listenPort: 8081,
    service: { host: '127.10.0.80', port: 8080 },
    connections: 5,
    down: (second) => 40_000 + 300_000 * burst(second + 20, 53, 6) + 120_000 * wave(second, 17),
    up: (second) => 6000 + 14_000 * wave(second, 11),
  },
  {
    listenPort: 6380,
    service: { host: '127.10.1.63', port: 6379 },
    connections: 2,
    down: (second) => 18_000 + 9000 * wave(second, 7),
    up: (second) => 60_000 * wave(second, 61) + 140_000 * burst(second + 5, 97, 5),
  },
]

export interface Office {
  /** Opens connections through the rules, and sends through them until `close`. */
  startTraffic(): Promise<void>
  close(): Promise<void>
}

/** The proxies and services of the example office. */
export async function openOffice(): Promise<Office> {
  const proxies = [new SocksServer({ login: exampleLogin }, '127.10.0.5'), new SocksServer({}, '127.10.1.5')]
  for (const proxy of proxies) {
    proxy.port = 1080
    await proxy.revive()
  }
  const services = await Promise.all(flows.map(({ service }) => startTcpServer(undefined, service)))
  // Holds the port of a rule.
  const other = await startTcpServer(undefined, { port: 9418 })
  const clients: Peer[] = []
  let timer: NodeJS.Timeout | undefined

  return {
    startTraffic: async () => {
      const pumps = await Promise.all(flows.map((flow, index) => openFlow(flow, services[index], clients)))
      await failOnce(8443)
      const startedAt = Date.now()
      timer = setInterval(() => {
        const second = (Date.now() - startedAt) / 1000
        for (const pump of pumps) pump(second)
      }, beatMs)
    },
    close: async () => {
      clearInterval(timer)
      for (const client of clients) await client.close()
      await Promise.all([...proxies, ...services, other].map((server) => server.close()))
    },
  }
}

async function openFlow(
  { listenPort, connections, down, up }: Flow,
  service: TcpServer | undefined,
  all: Peer[],
): Promise<(second: number) => void> {
  const clients: Peer[] = []
  for (let count = 0; count < connections; count += 1) clients.push(await connectTo(listenPort))
  // One of them is done at once: closed connections show, too.
  const [first, ...open] = clients
  first?.end('hello')
  all.push(...clients)
  return (second) => {
    const servers = service?.peers.slice(1) ?? []
    sendAll(open, up(second))
    sendAll(servers, down(second))
  }
}

/** Sends so many bytes per second over some connections, not all alike. */
function sendAll(peers: readonly Peer[], bytesPerSecond: number): void {
  const shares = peers.map((_, index) => 1 / (index + 1))
  const whole = shares.reduce((sum, share) => sum + share, 0)
  peers.forEach((peer, index) => {
    const bytes = Math.round((bytesPerSecond * beatMs * (shares[index] ?? 0)) / whole / 1000)
    if (peer.socket.writable && bytes > 0) peer.socket.write(Buffer.alloc(bytes))
  })
}

async function failOnce(port: number): Promise<void> {
  const client = await connectTo(port)
  await client.ending
  await client.close()
}
