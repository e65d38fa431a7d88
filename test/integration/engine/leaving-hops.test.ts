import { describe, expect, it } from 'vitest'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import { managed } from '../../support/managed.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startEndsFirst } from '../../support/targets.ts'
import { startTcpServer, type TcpServer } from '../../support/tcp-server.ts'
import { within } from '../../support/until.ts'

// A connection that goes on without the hop that it used or tried: that hop's death is none of its business any more,
// and it takes none of that hop's places.

const get = ({ port }: TcpServer) =>
  `GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`

/** Answers each request, with a part of an answer if that is wanted, and ends where the answer has no length. */
function startWeb(answer: string): Promise<TcpServer> {
  return startTcpServer((peer) => {
    peer.socket.on('data', () => {
      void peer.write(answer)
      if (!answer.includes('Content-Length')) peer.end()
    })
  })
}

async function hopOf(engine: TestEngine) {
  const [hop] = (await engine.engine.snapshot()).hops
  return hop
}

describe('a connection that went directly, as a last resort', () => {
  it('ends cleanly with its destination, though the hop is dead, and is told without the hop', async () => {
    const source = await managed(startEndsFirst('x'.repeat(300_000)))
    const hop = await managed(startSocksServer())
    await hop.kill()
    const engine = await managed(
      startEngine(
        makeConfig({
          hops: [makeHop({ port: hop.port })],
          rules: [makeRule({ to: source.port, lastResortDirect: true })],
        }),
      ),
    )
    const client = await engine.connect()
    expect((await client.takeRest()).length).toBe(300_000)
    client.end()
    const closed = await engine.closedConnection()
    expect(closed.closeReason).toEqual({ by: 'target', how: 'end' })
    expect(closed.hopId).toBeUndefined()
    expect((await hopOf(engine))?.open).toBe(0)
  })
})

describe("a request of an HTTP proxy's client that goes directly after one through a hop", () => {
  const whole = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

  async function prepare(direct: TcpServer, maxConnections = 0) {
    const byHop = await managed(startWeb(whole))
    const hop = await managed(startSocksServer())
    const engine = await managed(
      startEngine(
        makeConfig({
          hops: [makeHop({ port: hop.port, maxConnections })],
          rules: [
            makeRule({
              to: { kind: 'proxy' },
              conditions: [{ id: 'c', port: [String(direct.port)], route: { kind: 'direct' } }],
            }),
          ],
        }),
      ),
    )
    const client = await engine.connect()
    await client.write(get(byHop))
    expect(await client.takeText(whole.length)).toMatch(/ok$/)
    expect(await hopOf(engine)).toMatchObject({ open: 1 })
    return { byHop, hop, engine, client }
  }

  it('is answered to its end, though the hop has died', async () => {
    const direct = await managed(startWeb(`HTTP/1.1 200 OK\r\n\r\n${'y'.repeat(200_000)}`))
    const { hop, engine, client } = await prepare(direct)
    await hop.kill()
    await client.write(get(direct))
    expect((await client.takeRest()).toString()).toMatch(/y{200000}$/)
    client.end()
    const closed = await engine.closedConnection()
    expect(closed.closeReason?.failure).toBeUndefined()
    expect(closed.hopId).toBeUndefined()
  })

  it("gives the hop's place to others", async () => {
    const direct = await managed(startWeb('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc'))
    const { byHop, engine, client } = await prepare(direct, 1)
    await client.write(get(direct))
    await within('the beginning of the answer', client.take(10))
    expect(await hopOf(engine)).toMatchObject({ open: 0 })
    const other = await engine.connect()
    await other.write(get(byHop))
    expect(await other.takeText(whole.length)).toMatch(/ok$/)
  })
})
