import { describe, expect, it } from 'vitest'
import { explainInFull } from '../../../shared/texts/explain.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { startEngine } from '../../support/engine.ts'
import { managed } from '../../support/managed.ts'
import { connectTo, type Peer } from '../../support/peer.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startBanner, startEcho } from '../../support/targets.ts'
import { freePort, startTcpServer } from '../../support/tcp-server.ts'
import { until } from '../../support/until.ts'

const direct = { kind: 'direct' } as const

async function expectEcho(client: Peer, text: string): Promise<void> {
  await client.write(text)
  expect(await client.takeText(text.length)).toBe(text)
}

/** A rule whose destination is where it listens itself, seen from this machine. */
function configOfLoop(listen: number, hop: { readonly port: number }) {
  return makeConfig({ hops: [makeHop({ port: hop.port })], rules: [makeRule({ to: listen, listen })] })
}

describe('apply', () => {
  it('touches neither listener nor connections of what did not change', async () => {
    const echo = await managed(startEcho())
    const hop = await managed(startSocksServer())
    const hops = [makeHop({ port: hop.port })]
    const steady = makeRule({ id: 'steady', to: echo.port })
    const changing = (fields: object) => makeRule({ id: 'changing', to: echo.port, ...fields })
    const engine = await managed(startEngine(makeConfig({ hops, rules: [steady, changing({})] })))
    const port = await engine.port('steady')
    const client = await engine.connect('steady')
    await expectEcho(client, 'before')
    const seen = engine.events.length

    await engine.apply(makeConfig({ hops, rules: [changing({ name: 'New name' }), steady] }))
    await engine.apply(
      makeConfig({ hops, rules: [changing({ idleTimeoutMs: 5000, enabled: false }), steady] }),
    )
    await engine.apply(makeConfig({ hops, rules: [steady] }))
    await expectEcho(client, 'after')
    expect(await engine.port('steady')).toBe(port)
    const told = engine.events.slice(seen)
    expect(told.filter((event) => 'ruleId' in event && event.ruleId === 'steady')).toEqual([])
  })

  it('twice with the same config changes nothing', async () => {
    const echo = await managed(startEcho())
    const config = makeConfig({ rules: [makeRule({ to: echo.port, route: direct })] })
    const engine = await managed(startEngine(config))
    const port = await engine.port()
    const client = await engine.connect()
    await expectEcho(client, 'one')
    const seen = engine.events.length
    await engine.apply(config)
    await engine.apply(structuredClone(config))
    expect(await engine.port()).toBe(port)
    expect(engine.events).toHaveLength(seen)
    await expectEcho(client, 'two')
  })

  it('moves a rule to another port and keeps its connections', async () => {
    const echo = await managed(startEcho())
    const [first, second] = [await freePort(), await freePort()]
    const at = (listen: number) => makeConfig({ rules: [makeRule({ to: echo.port, route: direct, listen })] })
    const engine = await managed(startEngine(at(first)))
    const client = await engine.connect()
    await expectEcho(client, 'one')
    await engine.apply(at(second))
    await expect(connectTo(first)).rejects.toThrow('ECONNREFUSED')
    await expectEcho(client, 'two')
    await expectEcho(await connectTo(second), 'three')
  })

  it('lets two rules swap their ports', async () => {
    const [one, two] = [await managed(startBanner('1')), await managed(startBanner('2'))]
    const [first, second] = [await freePort(), await freePort()]
    const config = (a: number, b: number) =>
      makeConfig({
        rules: [
          makeRule({ id: 'a', to: one.port, route: direct, listen: a }),
          makeRule({ id: 'b', to: two.port, route: direct, listen: b }),
        ],
      })
    const engine = await managed(startEngine(config(first, second)))
    await engine.apply(config(second, first))
    expect(await (await connectTo(first)).takeText(1)).toBe('2')
    expect(await (await connectTo(second)).takeText(1)).toBe('1')
    expect(
      engine.events.some((event) => event.kind === 'rule-status' && event.status.state === 'failed'),
    ).toBe(false)
  })

  it('sends new connections to a new destination and leaves the old ones where they are', async () => {
    const [one, two] = [await managed(startBanner('1')), await managed(startBanner('2'))]
    const listen = await freePort()
    const to = (port: number) => makeConfig({ rules: [makeRule({ to: port, route: direct, listen })] })
    const engine = await managed(startEngine(to(one.port)))
    const old = await engine.connect()
    expect(await old.takeText(1)).toBe('1')
    await engine.apply(to(two.port))
    const fresh = await engine.connect()
    expect(await fresh.takeText(1)).toBe('2')
    await expectEcho(old, 'still here')
  })

  it('uses a changed hop for new connections and forgets what was known of the old one', async () => {
    const echo = await managed(startEcho())
    const dead = await freePort()
    const hop = await managed(startSocksServer())
    const through = (port: number) =>
      makeConfig({ hops: [makeHop({ port, failureWaitMs: 60_000 })], rules: [makeRule({ to: echo.port })] })
    const engine = await managed(startEngine(through(dead)))
    expect(await (await engine.connect()).ending).toBe('ECONNRESET')
    expect((await engine.engine.snapshot()).hops[0]?.health.state).toBe('down')
    await engine.apply(through(hop.port))
    expect((await engine.engine.snapshot()).hops[0]?.health.state).toBe('unknown')
    await expectEcho(await engine.connect(), 'works')
    expect((await engine.engine.snapshot()).hops[0]?.health.state).toBe('up')
  })

  it.each([
    ['removed', { removed: true }],
    ['switched off', { enabled: false }],
    ['stopped by the master switch', { forwarding: false }],
  ])(
    'ends the connections of a rule that is %s',
    async (
      _,
      {
        removed,
        enabled,
        forwarding,
      }: {
        removed?: boolean
        enabled?: boolean
        forwarding?: boolean
      },
    ) => {
      const echo = await managed(startEcho())
      const listen = await freePort()
      const rule = makeRule({ to: echo.port, route: direct, listen })
      const engine = await managed(startEngine(makeConfig({ rules: [rule] })))
      const client = await engine.connect()
      await expectEcho(client, 'x')
      await engine.apply(
        makeConfig({
          rules: removed ? [] : [{ ...rule, enabled: enabled ?? true }],
          settings: { forwarding: forwarding ?? true },
        }),
      )
      expect(await client.ending).toBe('ECONNRESET')
      await expect(connectTo(listen)).rejects.toThrow('ECONNREFUSED')
      expect(await engine.status()).toEqual(removed ? undefined : { state: 'off' })
      // Being stopped is no failure of the connection.
      expect(engine.failures).toEqual([])
      const { totals } = await engine.engine.snapshot()
      expect(totals).toMatchObject({ open: 0, opened: 1, bytesUp: 1, bytesDown: 1 })

      await engine.apply(makeConfig({ rules: [rule] }))
      await expectEcho(await connectTo(listen), 'back')
    },
  )

  it('carries out calls one after the other', async () => {
    const echo = await managed(startEcho())
    const listen = await freePort()
    const on = makeConfig({ rules: [makeRule({ to: echo.port, route: direct, listen })] })
    const off = makeConfig({})
    const engine = await managed(startEngine())
    await Promise.all([on, off, on, off, on].map((config) => engine.apply(config)))
    await expectEcho(await connectTo(listen), 'on')
    await Promise.all([off, on, off].map((config) => engine.apply(config)))
    await expect(connectTo(listen)).rejects.toThrow('ECONNREFUSED')
  })

  it('changes limits and allowed clients for connections from now on', async () => {
    const echo = await managed(startEcho())
    const listen = await freePort()
    const config = (fields: object) =>
      makeConfig({ rules: [makeRule({ to: echo.port, route: direct, listen, ...fields })] })
    const engine = await managed(startEngine(config({})))
    const old = await engine.connect()
    await expectEcho(old, 'x')
    await engine.apply(config({ maxConnections: 1 }))
    expect(await (await engine.connect()).ending).toBe('ECONNRESET')
    await engine.apply(config({ allowedClients: ['10.0.0.0/8'] }))
    expect(await (await engine.connect()).ending).toBe('ECONNRESET')
    await engine.apply(config({}))
    await expectEcho(await engine.connect(), 'y')
    await expectEcho(old, 'z')
  })

  it('refuses a hop that turns out to be a listener of its own', async () => {
    // Port 0 hides the loop from validation.
    const rule = makeRule({ to: 80 })
    const engine = await managed(startEngine(makeConfig({ hops: [makeHop({ port: 1 })], rules: [rule] })))
    const port = await engine.port()
    await engine.apply(makeConfig({ hops: [makeHop({ port })], rules: [rule] }))
    const client = await engine.connect()
    expect(await client.ending).toBe('ECONNRESET')
    const failure = await engine.failure()
    expect(failure.code).toBe('loop')
    expect(explainInFull(failure)).toContain('leads back to Nexthop itself')
    await until('no connection is left', async () => (await engine.engine.snapshot()).totals.open === 0)
  })

  it('ends a loop through a hop on this machine, and warns of it', async () => {
    const hop = await managed(startSocksServer())
    const listen = await freePort()
    const config = configOfLoop(listen, hop)
    const engine = await managed(startEngine(config))
    await engine.apply({ ...config })
    const warnings = engine.logs.filter(({ level }) => level === 'warn')
    expect(warnings).toMatchObject([{ ruleId: 'rule' }])
    expect(warnings[0]?.message).toContain('leads back here')
    const client = await engine.connect()
    await client.ending
    expect(await engine.failure()).toMatchObject({ code: 'loop', target: `127.0.0.1:${listen}` })
    expect(hop.asks.length).toBeLessThan(100)
    await until('no connection is left', async () => (await engine.engine.snapshot()).totals.open === 0)
  })

  it('takes no connections that wait for a loop, where others were answered', async () => {
    let answered = 0
    const far = await managed(startTcpServer((peer) => void (++answered <= 50 && peer.write('hello'))))
    const listen = await freePort()
    const hop = await managed(startSocksServer({ connectTo: ({ host }) => ({ host, port: far.port }) }))
    const config = configOfLoop(listen, hop)
    const engine = await managed(startEngine(config))
    for (let count = 0; count < 50; count += 1) await (await engine.connect()).take(5)
    for (let count = 0; count < 80; count += 1) await engine.connect()
    await until('all are there', async () => (await engine.engine.snapshot()).totals.opened === 130)
    expect(engine.failures).toEqual([])
  })

  it('lets a hop on this machine lead to the same port of another one', async () => {
    const far = await managed(startEcho())
    const listen = await freePort()
    const hop = await managed(startSocksServer({ connectTo: ({ host }) => ({ host, port: far.port }) }))
    const config = configOfLoop(listen, hop)
    const engine = await managed(startEngine(config))
    for (let count = 0; count < 100; count += 1) await expectEcho(await engine.connect(), 'x')
    expect(engine.failures).toEqual([])
  })
})
