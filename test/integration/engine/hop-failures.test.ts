import { describe, expect, it } from 'vitest'
import { explainInFull } from '../../../shared/texts/explain.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import { managed } from '../../support/managed.ts'
import { makeRig } from '../../support/rig.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startBanner, startEcho, startSource } from '../../support/targets.ts'
import { freePort, startTcpServer } from '../../support/tcp-server.ts'
import { until } from '../../support/until.ts'

async function expectReset(engine: TestEngine): Promise<void> {
  expect(await (await engine.connect()).ending).toBe('ECONNRESET')
}

async function expectEcho(engine: TestEngine): Promise<void> {
  const client = await engine.connect()
  client.end('works')
  expect((await client.takeRest()).toString()).toBe('works')
}

const health = async (engine: TestEngine, id = 'hop') =>
  (await engine.engine.snapshot()).hops.find(({ hopId }) => hopId === id)?.health

describe('retries', () => {
  it('are made as often as the hop says, then the hop is left alone', async () => {
    const { engine, hop } = await makeRig({
      to: 80,
      script: { at: { accept: { then: 'end' } } },
      hop: { retries: 2, failureWaitMs: 60_000 },
    })
    await expectReset(engine)
    expect(hop.accepted).toBe(3)
    expect(await health(engine)).toMatchObject({ state: 'down', failure: { code: 'hop-not-socks' } })
    const { stages } = await engine.closedConnection()
    expect(stages.filter(({ stage }) => stage === 'connect-hop')).toHaveLength(3)

    await expectReset(engine)
    expect(hop.accepted).toBe(3)
    const failure = await engine.failure(1)
    expect(failure.waitMs).toBeGreaterThan(50_000)
    expect(explainInFull(failure)).toMatch(
      /; it is left alone for another (1 min|\d+(\.\d)? s), as its “After final failure wait” says\. /,
    )
  })

  it('can succeed', async () => {
    const echo = await managed(startEcho())
    const { engine, hop } = await makeRig({
      to: echo.port,
      script: { at: { accept: { then: 'end' } } },
      hop: { retries: 1, failureWaitMs: 60_000 },
    })
    const client = await engine.connect()
    await until('the first attempt is made', () => hop.accepted === 1)
    hop.script = {}
    client.end('second attempt')
    expect((await client.takeRest()).toString()).toBe('second attempt')
    expect(engine.failures).toEqual([])
    expect(await health(engine)).toMatchObject({ state: 'up' })
  })

  it.each([
    ['what the hop says of the target', { script: { reply: 5 } }],
    ['a request that takes too long', { script: { at: { request: { then: 'stall' as const } } } }],
  ])('are not made after %s, and the hop stays in use', async (_, options) => {
    const { engine, hop } = await makeRig({
      to: 80,
      hop: { retries: 3, failureWaitMs: 60_000, handshakeTimeoutMs: 150 },
      script: { ...options.script, connectTo: () => ({ host: '127.0.0.1', port: hop.port }) },
    })
    await expectReset(engine)
    await expectReset(engine)
    expect(hop.asks).toHaveLength(2)
    expect((await health(engine))?.state).not.toBe('down')
  })

  it('are not made after a refused login, which would lock some accounts', async () => {
    const { engine, hop } = await makeRig({
      to: 80,
      script: { login: { user: 'me', password: 'right' } },
      hop: { user: 'me', password: 'wrong', retries: 5, failureWaitMs: 60_000 },
    })
    await expectReset(engine)
    expect(hop.accepted).toBe(1)
    expect(await health(engine)).toMatchObject({ state: 'down' })
  })
})

describe('the wait after the final failure', () => {
  it('ends by itself', async () => {
    const echo = await managed(startEcho())
    const { engine, hop } = await makeRig({ to: echo.port, hop: { failureWaitMs: 400 } })
    await hop.kill()
    await expectReset(engine)
    const down = await health(engine)
    expect(down).toMatchObject({ state: 'down', failure: { code: 'hop-unreachable', errno: 'ECONNREFUSED' } })
    await hop.revive()
    await expectReset(engine)
    expect(hop.accepted).toBe(0)
    await until('the wait is over', () => down?.state === 'down' && Date.now() > down.retryAt)
    await expectEcho(engine)
    expect(await health(engine)).toMatchObject({ state: 'up' })
    const states = engine.events.flatMap((event) => (event.kind === 'hop-health' ? [event.health.state] : []))
    expect(states).toEqual(['down', 'up'])
  })
})

describe('a next-hop list', () => {
  it('takes the next hop when one fails, and leaves the failed one alone', async () => {
    const echo = await managed(startEcho())
    const dead = await freePort()
    const second = await managed(startSocksServer())
    const engine = await managed(
      startEngine(
        makeConfig({
          hops: [
            makeHop({ id: 'a', name: 'First', port: dead, failureWaitMs: 60_000 }),
            makeHop({ id: 'b', name: 'Second', port: second.port }),
          ],
          lists: [{ id: 'l', name: 'Both', hopIds: ['a', 'b'] }],
          rules: [makeRule({ to: echo.port, route: { kind: 'list', listId: 'l' } })],
        }),
      ),
    )
    await expectEcho(engine)
    expect((await engine.closedConnection()).hopId).toBe('b')
    expect(await health(engine, 'a')).toMatchObject({ state: 'down' })
    await expectEcho(engine)
    const { stages } = await engine.closedConnection()
    expect(stages.filter(({ stage }) => stage === 'connect-hop').map(({ hopName }) => hopName)).toEqual([
      'Second',
    ])
    expect(engine.failures).toEqual([])
  })

  it('in round robin takes each hop in turn', async () => {
    const echo = await managed(startEcho())
    const servers = [await managed(startSocksServer()), await managed(startSocksServer())]
    const hops = servers.map(({ port }, index) => makeHop({ id: `h${index}`, name: `Hop ${index}`, port }))
    const engine = await managed(
      startEngine(
        makeConfig({
          hops,
          lists: [{ id: 'l', name: 'Both', mode: 'round-robin', hopIds: ['h0', 'h1'] }],
          rules: [makeRule({ to: echo.port, route: { kind: 'list', listId: 'l' } })],
        }),
      ),
    )
    for (let count = 0; count < 4; count += 1) await expectEcho(engine)
    expect(servers.map(({ asks }) => asks.length)).toEqual([2, 2])
  })
})

describe('a hop that dies mid-transfer', () => {
  it.each([
    ['down', 'reset'],
    ['up', 'reset'],
    ['down', 'end'],
    ['up', 'end'],
  ] as const)('(%s, its sockets %s) resets the client, is logged, and works again', async (way, how) => {
    const target = await managed(way === 'down' ? startSource(10_000_000_000) : startEcho())
    const echo = await managed(startEcho())
    const hop = await managed(startSocksServer())
    const config = makeConfig({
      hops: [makeHop({ port: hop.port, failureWaitMs: 300 })],
      rules: [makeRule({ to: target.port }), makeRule({ id: 'other', to: echo.port })],
    })
    const engine = await managed(startEngine(config))
    const client = await engine.connect()
    if (way === 'up') await client.write('x'.repeat(1000))
    await until('data passes', () => client.receivedBytes >= 1000)
    await hop.kill(how)
    expect(await client.ending).toBe('ECONNRESET')

    const failure = await engine.failure()
    expect(failure).toMatchObject({ code: 'hop-unreachable', stage: 'relay', hop: { id: 'hop' } })
    const { closeReason, stages } = await engine.closedConnection()
    expect(closeReason).toMatchObject({ by: 'hop', how: 'reset', failure })
    expect(stages.at(-1)).toMatchObject({ stage: 'close', note: 'reset by hop' })
    const warnings = engine.logs.filter(({ level }) => level === 'warn')
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatchObject({ ruleId: 'rule', hopId: 'hop' })
    expect(warnings[0]?.message).toMatch(
      /^Test rule, connection 1 from 127\.0\.0\.1:\d+: The next hop "Test hop" \(127\.0\.0\.1:\d+\) broke off the connection while data was passing\. Check .+\.$/,
    )

    await hop.revive()
    await until('new connections work again', async () => {
      const next = await engine.connect('other')
      next.end('again')
      return (await next.ending) === 'end' && next.received.toString() === 'again'
    })
  })

  it('resets every client of a busy hop, also those that connected a moment before', async () => {
    const target = await managed(startBanner('hello'))
    const { engine, hop } = await makeRig({ to: target.port })
    const clients = await Promise.all(Array.from({ length: 50 }, () => engine.connect()))
    await Promise.all(clients.map((client) => client.takeText(5)))
    await hop.kill('end')
    expect(new Set(await Promise.all(clients.map(({ ending }) => ending)))).toEqual(new Set(['ECONNRESET']))
    await until('all are told', () => engine.failures.length === 50)
    expect(engine.logs.filter(({ level }) => level === 'warn')).toHaveLength(1)
  })

  it.each([
    ['before a word of the answer', ''],
    ['in the middle of the answer', 'part'],
  ])('resets a client that has ended and waits, %s', async (_, part) => {
    const target = await managed(startTcpServer())
    const { engine, hop } = await makeRig({ to: target.port })
    const client = await engine.connect()
    client.end('question')
    const peer = await target.nextPeer()
    await peer.takeRest()
    await peer.write(part)
    expect(await client.takeText(part.length)).toBe(part)
    await hop.kill('end')
    expect(await client.ending).toBe('ECONNRESET')
    const { closeReason } = await engine.closedConnection()
    expect(closeReason).toMatchObject({ by: 'hop', how: 'reset', failure: { code: 'hop-unreachable' } })
  })

  it('is told from a target that resets: only the hop’s death is a failure', async () => {
    const target = await managed(startBanner('hello'))
    const { engine, hop } = await makeRig({ to: target.port })
    const client = await engine.connect()
    await client.takeText(5)
    const peer = await target.nextPeer()
    peer.reset()
    expect(await client.ending).toBe('ECONNRESET')
    expect((await engine.closedConnection()).closeReason).toEqual({ by: 'target', how: 'reset' })
    expect(engine.failures).toEqual([])
    expect(hop.port).toBeGreaterThan(0)
  })
})
