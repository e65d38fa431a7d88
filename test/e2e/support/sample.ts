import { connectTo, type Peer } from '../../support/peer.ts'
import { startSocksServer, type SocksServer } from '../../support/socks-server.ts'
import { startEcho } from '../../support/targets.ts'
import { freePort, startTcpServer, type TcpServer } from '../../support/tcp-server.ts'
import { until } from '../../support/until.ts'
import { startWebPage, type WebPage } from './curl.ts'
import { sampleConfig } from './sample-config.ts'
import type { ServedNexthop } from './serve.ts'

export interface Sample {
  readonly config: ReturnType<typeof sampleConfig>
  /** Sends traffic through the rules and leaves some connections open. Resolves once all is under way. */
  use(server: ServedNexthop): Promise<void>
  close(): Promise<void>
}

/** Servers for a sample config, and clients that use it. */
export async function startSample(): Promise<Sample> {
  const servers: [SocksServer, WebPage, TcpServer, TcpServer] = await Promise.all([
    startSocksServer({ login: { user: 'ann', password: 'secret' } }),
    startWebPage('x'.repeat(300_000)),
    startEcho(),
    // Holds the port of a rule.
    startTcpServer(),
  ])
  const [socks, web, echo, busy] = servers
  const open = await startSocksServer()
  const clients: Peer[] = []
  const config = sampleConfig({
    hop: socks.port,
    deadHop: await freePort(),
    web: web.port,
    echo: echo.port,
    busy: busy.port,
  })
  // The branch office wants no login.
  const hops = (config.hops ?? []).map((hop) => (hop.id === 'branch' ? { ...hop, port: open.port } : hop))

  async function use(server: ServedNexthop): Promise<void> {
    const portOf = (name: string) =>
      until(`${name} listens`, () =>
        Number(new RegExp(`${name}: listening on 127\\.0\\.0\\.1:(\\d+)`).exec(server.log())?.[1]),
      )
    for (let count = 0; count < 4; count += 1) {
      const database = await connectTo(await portOf('Production database'))
      clients.push(database)
      await database.write(Buffer.alloc(20_000 * (count + 1)))
    }
    for (let count = 0; count < 6; count += 1) {
      const browser = await connectTo(await portOf('Intranet'))
      clients.push(browser)
      await browser.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
      await browser.take(300_000)
      if (count < 3) browser.end()
    }
    const failing = await connectTo(await portOf('Legacy reports behind the backup proxy'))
    clients.push(failing)
    await failing.ending
  }

  return {
    config: { ...config, hops },
    use,
    close: async () => {
      for (const client of clients) await client.close()
      await Promise.all([...servers, open].map((server) => server.close()))
    },
  }
}
