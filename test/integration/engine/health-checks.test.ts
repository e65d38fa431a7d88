import { describe, expect, it } from 'vitest'
import type { HealthCheck } from '../../../shared/model/health-check.ts'
import type { NextHopInput } from '../../../shared/model/next-hop.ts'
import { explainInFull } from '../../../shared/texts/explain.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import { startHttpProxy } from '../../support/http-proxy.ts'
import { managed } from '../../support/managed.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startEcho } from '../../support/targets.ts'
import { startTcpServer } from '../../support/tcp-server.ts'
import { until } from '../../support/until.ts'

// Hops that are asked in the background how they are, and what rules do while none of theirs can be used.

const quick = { intervalMs: 500, rise: 1, fall: 1 } as const

function configFor(port: number, healthCheck: Partial<HealthCheck>, fields: Partial<NextHopInput> = {}) {
  const hop = makeHop({ port, handshakeTimeoutMs: 300, healthCheck: { ...quick, ...healthCheck }, ...fields })
  return makeConfig({ hops: [hop], rules: [makeRule({ to: 9 })] })
}

async function health(engine: TestEngine, hopId = 'hop') {
  const { hops } = await engine.engine.snapshot()
  return hops.find((hop) => hop.hopId === hopId)?.health
}

const isState = (engine: TestEngine, state: 'up' | 'down', hopId?: string) =>
  until(`the hop is ${state}`, async () => (await health(engine, hopId))?.state === state)

describe('a health check', () => {
  it('finds out that a hop is gone and back, without a connection', async () => {
    const hop = await managed(startSocksServer())
    const engine = await managed(startEngine(configFor(hop.port, { kind: 'handshake' })))
    await isState(engine, 'up')
    await hop.kill()
    await isState(engine, 'down')
    expect(await health(engine)).toMatchObject({
      untilChecked: true,
      failure: { code: 'hop-unreachable', errno: 'ECONNREFUSED' },
    })
    // It is left alone, whatever its wait after a failure.
    const client = await engine.connect()
    expect(await client.ending).toBe('ECONNRESET')
    expect(await engine.failure()).toMatchObject({ untilChecked: true, waitMs: expect.any(Number) as number })
    await hop.revive()
    await isState(engine, 'up')
    // Checks are no connections.
    expect(hop.asks).toEqual([])
    expect((await engine.engine.snapshot()).totals).toMatchObject({ opened: 1 })
    expect(await engine.engine.connections()).toHaveLength(1)
  })

  it('of kind "tcp" is content with a port; "handshake" is not, and has the hop’s own time-out', async () => {
    const mute = await managed(startTcpServer())
    const engine = await managed(startEngine(configFor(mute.port, { kind: 'tcp' })))
    await isState(engine, 'up')
    await engine.apply(configFor(mute.port, { kind: 'handshake' }))
    await isState(engine, 'down')
    expect(await health(engine)).toMatchObject({ failure: { code: 'timeout', stage: 'greet', afterMs: 300 } })
  })

  it('of kind "handshake" is not content with a web server, nor with a silent HTTP proxy', async () => {
    const http = { protocol: 'http' } as const
    const web = await managed(startHttpProxy({ status: 501 }))
    const engine = await managed(startEngine(configFor(web.port, { kind: 'handshake' }, http)))
    await isState(engine, 'down')
    expect(await health(engine)).toMatchObject({
      failure: { code: 'hop-not-socks', looksLike: 'web-server' },
    })
    const mute = await managed(startTcpServer())
    await engine.apply(configFor(mute.port, { kind: 'handshake' }, http))
    await isState(engine, 'down')
    const told = await until('the time-out', async () => {
      const now = await health(engine)
      return now?.state === 'down' && now.failure.code === 'timeout' ? now.failure : undefined
    })
    expect(explainInFull(told)).toMatch(/accepted the connection, but sent no HTTP answer within 300 ms/)
    expect(told.target).toBeUndefined()
    const full = await managed(startHttpProxy({ status: 503 }))
    await engine.apply(configFor(full.port, { kind: 'handshake' }, http))
    await isState(engine, 'up')
  })

  it('of kind "target" goes through to the target, for SOCKS4 and HTTP too', async () => {
    const echo = await managed(startEcho())
    const target = { host: '127.0.0.1', port: echo.port }
    const socks = await managed(startSocksServer())
    const http = await managed(startHttpProxy())
    for (const [port, fields] of [
      [socks.port, { version: '4' }],
      [http.port, { protocol: 'http' }],
    ] as const) {
      const engine = await managed(startEngine(configFor(port, { kind: 'target', target }, fields)))
      await isState(engine, 'up')
    }
    // A second check may have begun.
    expect(socks.asks[0]).toMatchObject({ version: 4, port: echo.port })
    expect(http.asks[0]).toBe(`127.0.0.1:${echo.port}`)
    const engine = await managed(startEngine(configFor(socks.port, { kind: 'target', target })))
    await isState(engine, 'up')
    await echo.close()
    await isState(engine, 'down')
    expect(await health(engine)).toMatchObject({ failure: { code: 'target-refused' } })
  })

  it('goes on while other parts of the config change, and ends with its hop, rule or engine', async () => {
    const mute = await managed(startTcpServer())
    const engine = await managed(startEngine())
    const config = configFor(mute.port, { kind: 'handshake' }, { handshakeTimeoutMs: 300_000 })
    const [rule] = config.rules
    if (!rule) throw new Error('no rule')
    await engine.apply(config)
    const underWay = await mute.nextPeer()
    for (let name = 1; name <= 5; name += 1) {
      await engine.apply({ ...config, rules: [{ ...rule, name: `Name ${name}` }] })
    }
    expect([mute.peers.length, underWay.socket.readableEnded]).toEqual([1, false])
    await engine.apply(configFor(mute.port, { kind: 'handshake', rise: 2 }, { handshakeTimeoutMs: 300_000 }))
    await underWay.ending
    await (await mute.nextPeer()).takeText(1)
    await engine.close()
    await until('both are over', () =>
      mute.peers.every(({ socket }) => socket.readableEnded || socket.destroyed),
    )
  })

  it('is made for hops of enabled rules alone', async () => {
    const hop = await managed(startSocksServer())
    const config = configFor(hop.port, { kind: 'tcp' })
    const engine = await managed(startEngine(config))
    await isState(engine, 'up')
    const [rule] = config.rules
    if (!rule) throw new Error('no rule')
    await engine.apply({ ...config, rules: [{ ...rule, enabled: false }] })
    const told = hop.accepted
    const other = await managed(startSocksServer())
    const witness = await managed(startEngine(configFor(other.port, { kind: 'tcp' })))
    await until('several intervals have passed', () => other.accepted >= 3)
    expect(hop.accepted).toBe(told)
    await witness.close()
  })

  it('without a check again leaves it to connections to find out', async () => {
    const hop = await managed(startSocksServer())
    const echo = await managed(startEcho())
    await hop.kill()
    const config = configFor(hop.port, { kind: 'tcp' })
    const [rule] = config.rules
    if (!rule) throw new Error('no rule')
    const destination = { kind: 'fixed', host: '127.0.0.1', port: echo.port } as const
    const engine = await managed(startEngine({ ...config, rules: [{ ...rule, destination }] }))
    await isState(engine, 'down')
    await hop.revive()
    const plain = configFor(hop.port, { kind: 'off' })
    await engine.apply({ ...plain, rules: [{ ...rule, destination }] })
    await until('the wait is over', async () => {
      const client = await engine.connect()
      client.end('x')
      return (await client.ending) === 'end' && client.received.toString() === 'x'
    })
  })

  it('lets a list pass over a hop before any connection meets its loss', async () => {
    const echo = await managed(startEcho())
    const servers = [await managed(startSocksServer()), await managed(startTcpServer())]
    const hops = servers.map(({ port }, index) =>
      makeHop({
        id: `h${index}`,
        name: `Hop ${index}`,
        port,
        handshakeTimeoutMs: 300,
        healthCheck: { kind: 'handshake', ...quick },
      }),
    )
    const list = { id: 'l', name: 'Both', mode: 'round-robin' as const, hopIds: ['h1', 'h0'] }
    const rules = [makeRule({ to: echo.port, route: { kind: 'list', listId: 'l' } })]
    const engine = await managed(startEngine(makeConfig({ hops, lists: [list], rules })))
    await isState(engine, 'down', 'h1')
    const startedAt = performance.now()
    for (let count = 0; count < 4; count += 1) {
      const client = await engine.connect()
      client.end('ping')
      expect((await client.takeRest()).toString()).toBe('ping')
    }
    expect(performance.now() - startedAt).toBeLessThan(300)
  })
})
