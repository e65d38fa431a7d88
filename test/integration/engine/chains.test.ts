import { pbkdf2 } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import { hostname } from 'node:os'
import { describe, expect, it } from 'vitest'
import type { NextHopInput } from '../../../shared/model/next-hop.ts'
import { explainInFull } from '../../../shared/texts/explain.ts'
import { makeCertificate } from '../../support/certificate.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { noiseBuffer, sha256 } from '../../support/data.ts'
import { startEngine } from '../../support/engine.ts'
import { startHttpProxy } from '../../support/http-proxy.ts'
import { managed } from '../../support/managed.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startBanner, startEcho, startEndsFirst } from '../../support/targets.ts'
import { startTcpServer } from '../../support/tcp-server.ts'
import { startTlsFront } from '../../support/tls-front.ts'
import { until } from '../../support/until.ts'

// Routes through several hops, each reached through the one before.

type Hops = readonly (Partial<NextHopInput> & { readonly port: number })[]

async function start(hops: Hops, to: number) {
  const all = hops.map((hop, index) =>
    makeHop({ id: `h${index + 1}`, name: `Hop ${index + 1}`, handshakeTimeoutMs: 400, ...hop }),
  )
  const hopIds = all.map(({ id }) => id)
  const rules = [makeRule({ to, route: { kind: 'chain', hopIds } })]
  return managed(startEngine(makeConfig({ hops: all, rules })))
}

/** Whether this machine's own name is one that a lookup finds. */
const hasName = await lookup(hostname()).then(
  () => true,
  () => false,
)

/** Gives other work, of half a second or so, to the threads in which names are looked up. */
function delayLookups(): void {
  for (let count = 0; count < 12; count += 1) pbkdf2('', '', 100_000, 64, 'sha512', () => undefined)
}

describe('a chain', () => {
  it('of SOCKS5, SOCKS4, HTTP and SOCKS5 inside TLS carries megabytes, each hop asked for the next', async () => {
    const certificate = await managed(makeCertificate())
    const echo = await managed(startEcho())
    const [five, four, last] = [
      await managed(startSocksServer()),
      await managed(startSocksServer({ versions: [4] })),
      await managed(startSocksServer()),
    ]
    const http = await managed(startHttpProxy())
    const front = await managed(startTlsFront(last.port, certificate))
    const engine = await start(
      [
        { port: five.port },
        { port: four.port, version: '4' },
        { port: http.port, protocol: 'http' },
        { port: front.port, tls: { ca: certificate.cert } },
      ],
      echo.port,
    )
    const client = await engine.connect()
    const data = noiseBuffer(4_000_000)
    void client.write(data)
    expect(sha256(await client.take(data.length))).toBe(sha256(data))
    expect(five.asks).toMatchObject([{ port: four.port, version: 5 }])
    expect(four.asks).toMatchObject([{ port: http.port, version: 4 }])
    expect(http.asks).toEqual([`127.0.0.1:${front.port}`])
    expect(last.asks).toMatchObject([{ port: echo.port }])
    client.end()
    expect((await client.takeRest()).length).toBe(0)
    const { stages } = await engine.closedConnection()
    expect(stages.find(({ stage }) => stage === 'route')?.note).toBe('chain Hop 1 → Hop 2 → Hop 3 → Hop 4')
    expect(stages.flatMap(({ hopName = '' }) => hopName)).toEqual(
      expect.arrayContaining(['Hop 1', 'Hop 2', 'Hop 3', 'Hop 4']),
    )
    expect(engine.failures).toEqual([])
  })

  it.each([
    ['first', 1],
    ['second', 2],
    ['third', 3],
  ])('whose %s hop dies mid-transfer resets the client, and says which one it was', async (_, number) => {
    const target = await managed(startBanner('hello'))
    const hops = [1, 2, 3].map(() => managed(startSocksServer()))
    const servers = await Promise.all(hops)
    const engine = await start(
      servers.map(({ port }) => ({ port })),
      target.port,
    )
    const client = await engine.connect()
    await client.takeText(5)
    await servers[number - 1]?.kill('end')
    expect(await client.ending).toBe('ECONNRESET')
    const { closeReason } = await engine.closedConnection()
    expect(closeReason).toMatchObject({ by: 'hop', how: 'reset' })
    expect(explainInFull(await engine.failure())).toMatch(
      new RegExp(
        `^The next hop "Hop ${number}" .* broke off the connection while data was passing; this is leg ${number} of 3`,
      ),
    )
  })

  it('passes on the end of a destination, for which the last hop alone is asked by way of the others', async () => {
    const target = await managed(startEndsFirst('bye'))
    const [first, second] = [await managed(startSocksServer()), await managed(startSocksServer())]
    const engine = await start([{ port: first.port }, { port: second.port }], target.port)
    const client = await engine.connect()
    expect((await client.takeRest()).toString()).toBe('bye')
    expect(first.asks.map(({ port }) => port)).toEqual([second.port, second.port])
    expect(second.asks.map(({ port }) => port)).toEqual([target.port])
    expect(second.accepted).toBe(2)
  })

  it.skipIf(!hasName)(
    'fails at once where the first hop breaks off while the name of the second one is looked up here',
    async () => {
      const first = await managed(startTcpServer())
      const engine = await start(
        [
          { port: first.port, resolveAt: 'here', handshakeTimeoutMs: 10_000 },
          { port: 9, host: hostname() },
        ],
        9,
      )
      delayLookups()
      const client = await engine.connect()
      const peer = await first.nextPeer()
      await until('it is looked up', async () => (await engine.engine.connections())[0]?.stage === 'resolve')
      peer.reset()
      await client.ending
      const failure = { code: 'hop-unreachable', errno: 'ECONNRESET', leg: { number: 1, of: 2 } }
      expect(await engine.failure()).toMatchObject(failure)
    },
  )

  it('whose first hop is down says so, and leaves it alone', async () => {
    const [first, second] = [await managed(startSocksServer()), await managed(startSocksServer())]
    await first.kill()
    const engine = await start([{ port: first.port, failureWaitMs: 60_000 }, { port: second.port }], 9)
    await engine.connect()
    const failure = await engine.failure()
    expect(failure).toMatchObject({ hop: { id: 'h1' }, leg: { number: 1, of: 2 } })
    expect(explainInFull(failure)).toMatch(
      /refused the connection: nothing listens there; this is leg 1 of 2 of the chain\./,
    )
    await engine.connect()
    expect((await engine.failure(1)).waitMs).toBeGreaterThan(0)
  })

  it('whose second hop is down says through which it could not be reached, and that that one works', async () => {
    const [first, second] = [await managed(startSocksServer()), await managed(startSocksServer())]
    await second.kill()
    const engine = await start([{ port: first.port }, { port: second.port }], 9)
    await engine.connect()
    const failure = await engine.failure()
    expect(failure).toMatchObject({
      code: 'hop-unreachable',
      stage: 'connect-hop',
      hop: { id: 'h2' },
      through: { id: 'h1' },
      leg: { number: 2, of: 2 },
    })
    expect(explainInFull(failure)).toBe(
      `The next hop "Hop 2" (127.0.0.1:${second.port}) could not be reached through the next hop "Hop 1" ` +
        `(127.0.0.1:${first.port}): the destination refused: the service is down, or the port is wrong (SOCKS5 reply 05); ` +
        'this is leg 2 of 2 of the chain. Check that this proxy runs, its address as the one before it sees it, ' +
        'and that that one may connect to it.',
    )
    const { hops } = await engine.engine.snapshot()
    expect(hops.map(({ health }) => health.state)).toEqual(['up', 'unknown'])
  })

  it.each([
    ['is silent', { code: 'timeout', stage: 'greet', afterMs: 400 }, async () => managed(startTcpServer())],
    [
      'refuses the login',
      { code: 'hop-auth-failed', login: 'missing' },
      async () => managed(startSocksServer({ login: { user: 'a', password: 'b' } })),
    ],
    [
      'can’t reach the destination',
      { code: 'target-unreachable', reply: { code: 4 } },
      async () => managed(startSocksServer({ reply: 4 })),
    ],
  ] as const)('whose third hop %s names that leg', async (_name, expected, startThird) => {
    const [first, second] = [await managed(startSocksServer()), await managed(startSocksServer())]
    const third = await startThird()
    const engine = await start(
      [first, second, third].map(({ port }) => ({ port })),
      9,
    )
    await engine.connect()
    const failure = await engine.failure()
    expect(failure).toMatchObject({ ...expected, hop: { id: 'h3' }, leg: { number: 3, of: 3 } })
    expect(explainInFull(failure)).toMatch(/leg 3 of 3 of the chain/)
  })
})
