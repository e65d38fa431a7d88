import { describe, expect, it } from 'vitest'
import { explainInFull } from '../../../shared/texts/explain.ts'
import { makeConfig, makeRule } from '../../support/config.ts'
import { noiseBuffer } from '../../support/data.ts'
import { startEngine } from '../../support/engine.ts'
import { managed } from '../../support/managed.ts'
import { connectTo, type Peer } from '../../support/peer.ts'
import { makeRig } from '../../support/rig.ts'
import { startEcho } from '../../support/targets.ts'
import { startTcpServer } from '../../support/tcp-server.ts'
import { until } from '../../support/until.ts'

async function expectEcho(client: Peer, text = 'x'): Promise<void> {
  await client.write(text)
  expect(await client.takeText(text.length)).toBe(text)
}

describe('close', () => {
  it('stops listening at once and lets connections end in their time', async () => {
    const echo = await managed(startEcho())
    const { engine } = await makeRig({ to: echo.port })
    const port = await engine.port()
    const client = await engine.connect()
    await expectEcho(client)
    const closing = engine.engine.close(30_000)
    await until('it listens no more', async () => (await engine.status())?.state === 'off')
    await expect(connectTo(port)).rejects.toThrow('ECONNREFUSED')
    await expectEcho(client, 'still works')
    client.end()
    expect((await client.takeRest()).length).toBe(0)
    await closing
    expect(engine.failures).toEqual([])
  })

  it('resets what is left when the time is over, and says so', async () => {
    const echo = await managed(startEcho())
    const { engine, hop } = await makeRig({ to: echo.port })
    const client = await engine.connect()
    await expectEcho(client)
    const startedAt = Date.now()
    await engine.engine.close(200)
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(195)
    expect(Date.now() - startedAt).toBeLessThan(3000)
    expect(await client.ending).toBe('ECONNRESET')
    const failure = await engine.failure()
    expect(explainInFull(failure)).toBe(
      'The connection did not end within 200 ms after a stop was asked for.',
    )
    await until('the hop is let go', () => hop.open === 0)
  })

  it('does not wait for a hop that never answers', async () => {
    const { engine } = await makeRig({ to: 80, script: { at: { accept: { then: 'stall' } } } })
    const client = await engine.connect()
    await engine.engine.close(0)
    expect(await client.ending).toBe('ECONNRESET')
  })

  it('is quick where nothing is open', async () => {
    const { engine } = await makeRig({ to: 80 })
    const startedAt = Date.now()
    await engine.engine.close(30_000)
    expect(Date.now() - startedAt).toBeLessThan(1000)
  })
})

describe('closeConnections', () => {
  it('resets the chosen ones only, and is no failure', async () => {
    const echo = await managed(startEcho())
    const direct = { kind: 'direct' } as const
    const rules = ['a', 'b'].map((id) => makeRule({ id, to: echo.port, route: direct }))
    const engine = await managed(startEngine(makeConfig({ rules })))
    const [a1, a2, b] = [await engine.connect('a'), await engine.connect('a'), await engine.connect('b')]
    for (const client of [a1, a2, b]) await expectEcho(client)
    const [newest] = await engine.engine.connections()
    expect(newest?.ruleId).toBe('b')

    const ids = (await engine.engine.connections()).filter(({ ruleId }) => ruleId === 'a').map(({ id }) => id)
    expect(await engine.engine.closeConnections({ kind: 'ids', ids: ids.slice(0, 1) })).toBe(1)
    expect(await a2.ending).toBe('ECONNRESET')
    await expectEcho(a1)
    expect(await engine.engine.closeConnections({ kind: 'rule', ruleId: 'a' })).toBe(1)
    expect(await a1.ending).toBe('ECONNRESET')
    await expectEcho(b)
    expect(await engine.engine.closeConnections({ kind: 'all' })).toBe(1)
    expect(await b.ending).toBe('ECONNRESET')
    expect(await engine.engine.closeConnections({ kind: 'ids', ids: ['gone'] })).toBe(0)
    expect((await engine.closedConnection()).closeReason).toEqual({ by: 'nexthop', how: 'closed' })
    expect(engine.failures).toEqual([])
  })
})

describe('what is kept and told', () => {
  it('keeps as many closed connections as the settings say, newest first', async () => {
    const echo = await managed(startEcho())
    const rule = makeRule({ to: echo.port, route: { kind: 'direct' } })
    const engine = await managed(
      startEngine(makeConfig({ rules: [rule], settings: { closedConnectionsKept: 3 } })),
    )
    for (let count = 0; count < 5; count += 1) {
      const client = await engine.connect()
      client.end('x'.repeat(count + 1))
      await client.takeRest()
      await until('it is closed', async () => (await engine.engine.snapshot()).totals.open === 0)
    }
    expect((await engine.engine.connections()).map(({ bytesUp }) => bytesUp)).toEqual([5, 4, 3])
    expect(await engine.engine.connection('1')).toBeUndefined()
  })

  it('tells traffic and connections only while somebody looks', async () => {
    const echo = await managed(startEcho())
    const rule = makeRule({ to: echo.port, route: { kind: 'direct' } })
    const engine = await managed(startEngine(makeConfig({ rules: [rule] })))
    const told = (kind: string) => engine.events.filter((event) => event.kind === kind)
    engine.engine.watch({ traffic: true, connections: true })
    const client = await engine.connect()
    await expectEcho(client, '12345')
    const tick = await until('a tick with the bytes', () =>
      engine.events.find((event) => event.kind === 'traffic' && event.tick.totals.bytesUp === 5),
    )
    expect(tick).toMatchObject({ tick: { totals: { bytesUp: 5, bytesDown: 5, open: 1, opened: 1 } } })
    await until('the connection is told', () =>
      engine.events.find(
        (event) => event.kind === 'connections' && event.connections.some(({ bytesDown }) => bytesDown === 5),
      ),
    )
    engine.engine.watch({ traffic: false, connections: false })
    const before = told('traffic').length + told('connections').length
    await expectEcho(client, 'unseen')
    client.end()
    await client.takeRest()
    await engine.closedConnection()
    expect(told('traffic').length + told('connections').length).toBe(before)
  })

  it('writes a flood of the same failure as one sentence and a count', async () => {
    const { engine } = await makeRig({ to: 80, script: { reply: 2 } })
    await Promise.all(Array.from({ length: 20 }, async () => (await engine.connect()).ending))
    await until('all have failed', () => engine.failures.length === 20)
    const warnings = () => engine.logs.filter(({ level }) => level === 'warn').map(({ message }) => message)
    expect(warnings()).toHaveLength(1)
    await engine.close()
    expect(warnings()).toHaveLength(2)
    expect(warnings()[1]).toMatch(
      /^Test rule: The next hop .+\(19 more connections in the last [\d.]+ m?s\)$/,
    )
  })

  it('names the second of two alike by its own number, and says when it was', async () => {
    const { engine } = await makeRig({ to: 80, script: { reply: 2 } })
    await (
      await engine.connect()
    ).ending
    await (
      await engine.connect()
    ).ending
    await until('both have failed', () => engine.failures.length === 2)
    await engine.close()
    const warnings = engine.logs.filter(({ level }) => level === 'warn')
    expect(warnings.map(({ connectionId }) => connectionId)).toEqual(['1', '2'])
    expect(warnings[1]?.message).toMatch(/^Test rule, connection 2 from .+\. \([\d.]+ m?s ago\)$/)
  })
})

describe('many at once', () => {
  it('1,000 concurrent connections echo without an error', { timeout: 60_000 }, async () => {
    const echo = await managed(startEcho({ backlog: 2000 }))
    const { engine, hop } = await makeRig({ to: echo.port })
    const port = await engine.port()
    const clients = await Promise.all(Array.from({ length: 1000 }, () => connectTo(port)))
    const data = clients.map((_, index) => noiseBuffer(1000 + index, index))
    await Promise.all(clients.map((client, index) => client.write(data[index] ?? '')))
    await until('all are open at once', async () => (await engine.engine.snapshot()).totals.open === 1000)
    for (const client of clients) client.end()
    const echoes = await Promise.all(clients.map((client) => client.takeRest()))
    expect(echoes.every((bytes, index) => data[index]?.equals(bytes))).toBe(true)
    await until('all are closed', async () => (await engine.engine.snapshot()).totals.open === 0)
    const bytes = data.reduce((sum, { length }) => sum + length, 0)
    expect((await engine.engine.snapshot()).totals).toEqual({
      bytesUp: bytes,
      bytesDown: bytes,
      open: 0,
      opened: 1000,
      failed: 0,
    })
    expect(engine.failures).toEqual([])
    await until('the hop is let go', () => hop.open === 0)
  })

  it('no socket is left behind by connections that end in every way', async () => {
    const target = await managed(startTcpServer((peer) => peer.socket.pipe(peer.socket)))
    const { engine, hop } = await makeRig({ to: target.port })
    for (let round = 0; round < 30; round += 1) {
      const client = await engine.connect()
      if (round % 3 === 0) client.end('x')
      if (round % 3 === 1) client.reset()
      if (round % 3 === 2) {
        await expectEcho(client)
        client.reset()
      }
    }
    await until('the engine holds none', async () => (await engine.engine.snapshot()).totals.open === 0)
    await until('the hop holds none', () => hop.open === 0)
  })
})
