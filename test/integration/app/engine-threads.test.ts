import { describe, expect, it } from 'vitest'
import { canSharePorts } from '../../../main/engine/can-share-ports.ts'
import { makeConfig, makeHop, makeRule, type RuleFields } from '../../support/config.ts'
import { says, startThreads as start, threadOf } from '../../support/engine-threads.ts'
import { managed } from '../../support/managed.ts'
import { connectTo, type Peer } from '../../support/peer.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startEcho } from '../../support/targets.ts'
import { until } from '../../support/until.ts'

const direct = { kind: 'direct' } as const
const canShare = await canSharePorts()

async function echoConfig(threads: number | 'automatic', rule: Partial<RuleFields> = {}) {
  const echo = await managed(startEcho())
  return makeConfig({ rules: [makeRule({ to: echo.port, route: direct, ...rule })], settings: { threads } })
}

describe.skipIf(!canShare)('an engine in several threads', () => {
  it('takes connections of one port in all of them, and tells of them as one', async () => {
    const { engine, events, open, threadsOf } = await start(await echoConfig(3))
    engine.watch({ traffic: true, connections: true })
    await open(60)
    expect(await threadsOf()).toEqual(['0', '1', '2'])
    const totals = { open: 60, opened: 60, failed: 0, bytesUp: 300, bytesDown: 300 }
    expect(await engine.snapshot()).toMatchObject({ rules: [{ ruleId: 'rule', totals }], totals })
    await until('a tick tells of them all', () =>
      events.some((event) => event.kind === 'traffic' && event.tick.totals.bytesDown === 300),
    )
    const connections = await engine.connections()
    const times = connections.map(({ openedAt }) => openedAt)
    expect(times).toEqual([...times].sort((a, b) => b - a))
    for (const { id } of connections) expect(await engine.connection(id)).toMatchObject({ id })
    await until('all have been told of', () => {
      const told = events.flatMap((event) => (event.kind === 'connections' ? event.connections : []))
      return new Set(told.map(({ id }) => id)).size === 60
    })
    expect(await engine.closeConnections({ kind: 'all' })).toBe(60)
    expect(events.filter(({ kind }) => kind === 'log')).toHaveLength(1)
  })

  it('tells somebody who looks again of all threads at once, also of what passed meanwhile', async () => {
    const { engine, events, open } = await start(await echoConfig(3))
    const tick = (bytesDown: number) =>
      until('a tick', () =>
        events.some((event) => event.kind === 'traffic' && event.tick.totals.bytesDown >= bytesDown),
      )
    engine.watch({ traffic: true, connections: false })
    await open(30)
    await tick(150)
    engine.watch({ traffic: false, connections: false })
    await open(30)
    events.length = 0
    engine.watch({ traffic: true, connections: false })
    await tick(0)
    const [first] = events.flatMap((event) => (event.kind === 'traffic' ? [event.tick] : []))
    expect(first?.totals.bytesDown).toBe(300)
  })

  it('holds a limit over all threads', async () => {
    const { engine, open, port } = await start(await echoConfig(3, { maxConnections: 8 }))
    const peers = await open(8)
    for (let more = 0; more < 8; more += 1) {
      const peer = await managed(connectTo(await port()))
      expect(await peer.ending).toBe('ECONNRESET')
    }
    await Promise.all(peers.slice(0, 4).map((peer) => peer.close()))
    await until('their places are free', async () => (await engine.snapshot()).totals.open === 4)
    await open(4)
    expect((await engine.snapshot()).totals).toMatchObject({ open: 8, failed: 8 })
  })

  it('leaves a hop alone in all threads once it has failed in one', async () => {
    const echo = await managed(startEcho())
    const refuses = await managed(startSocksServer({ login: { user: 'somebody', password: 'else' } }))
    const works = await managed(startSocksServer())
    const config = makeConfig({
      hops: [
        makeHop({ id: 'a', name: 'a', port: refuses.port, failureWaitMs: 600_000 }),
        makeHop({ id: 'b', name: 'b', port: works.port }),
      ],
      lists: [{ id: 'list', name: 'list', hopIds: ['a', 'b'] }],
      rules: [makeRule({ to: echo.port, route: { kind: 'list', listId: 'list' } })],
      settings: { threads: 3 },
    })
    const { engine, open, threadsOf } = await start(config)
    await open(1)
    await until('the health is known', async () => {
      const { hops } = await engine.snapshot()
      return hops.find(({ hopId }) => hopId === 'a')?.health.state === 'down'
    })
    await open(30)
    expect(await threadsOf()).toEqual(['0', '1', '2'])
    const details = await Promise.all((await engine.connections()).map(({ id }) => engine.connection(id)))
    const tried = details.filter((detail) => detail?.stages.some(({ hopName }) => hopName === 'a'))
    expect(tried).toHaveLength(1)
  })

  it('moves to other ports and back without disturbing a connection', async () => {
    const config = await echoConfig(2)
    const { engine, open, port, threadsOf } = await start(config)
    const before = await port()
    const peers = await open(20)
    const [rule] = config.rules
    if (!rule) throw new Error('no rule')
    const second = { ...rule, id: 'second', listen: { kind: 'tcp', host: '127.0.0.1', port: 0 } } as const
    const fixed = { ...rule, listen: { kind: 'tcp', host: '127.0.0.1', port: before } } as const
    await engine.apply({ ...config, rules: [fixed, second] })
    const other = await port('second')
    // Both swap their ports: all threads must have let go of them first.
    await engine.apply({
      ...config,
      rules: [
        { ...fixed, listen: { ...fixed.listen, port: other } },
        { ...second, listen: { ...second.listen, port: before } },
      ],
    })
    expect([await port(), await port('second')]).toEqual([other, before])
    for (const peer of peers) expect(await says(peer, 'still')).toBe('still')
    await open(20, before)
    await open(20, other)
    expect(await threadsOf()).toEqual(['0', '1'])
  })

  it('can have more and fewer threads while it runs', async () => {
    const config = await echoConfig(1)
    const { engine, open, threadsOf } = await start(config)
    const peers = await open(5)
    expect(await threadsOf()).toEqual(['0'])
    await engine.apply({ ...config, settings: { ...config.settings, threads: 3 } })
    peers.push(...(await open(60)))
    expect(await threadsOf()).toEqual(['0', '1', '2'])
    await engine.apply({ ...config, settings: { ...config.settings, threads: 1 } })
    for (const peer of peers) expect(await says(peer, 'still')).toBe('still')
    const known = new Set((await engine.connections()).map(({ id }) => id))
    await open(20)
    const fresh = (await engine.connections()).filter(({ id }) => !known.has(id))
    expect(fresh.map(({ id }) => threadOf(id))).toEqual(Array(20).fill('0'))
    expect((await engine.snapshot()).totals).toMatchObject({ open: 85, opened: 85 })
  })

  it('ends all connections of a rule that is switched off', async () => {
    const config = await echoConfig(3)
    const { engine, open, port } = await start(config)
    const peers = await open(20)
    const at = await port()
    await engine.apply({ ...config, settings: { ...config.settings, forwarding: false } })
    for (const peer of peers) expect(await peer.ending).toBe('ECONNRESET')
    await expect(connectTo(at)).rejects.toThrow('ECONNREFUSED')
    await engine.apply(config)
    await open(5)
  })

  it('notices that another program has a port, even one that shares its own', async () => {
    const one = await start(await echoConfig(2))
    const taken = { kind: 'tcp', host: '127.0.0.1', port: await one.port() } as const
    const two = await start(await echoConfig(2, { listen: taken }))
    const { rules } = await two.engine.snapshot()
    expect(rules[0]?.status).toMatchObject({ state: 'failed', failure: { code: 'port-in-use' } })
  })

  it('goes on with the other connections when a thread dies, and starts it again', async () => {
    const { engine, open, log, statuses, threadsOf } = await start(
      await echoConfig(2, { maxConnections: 100 }),
    )
    const peers = await open(30)
    const mine = (await engine.connections()).filter(({ id }) => threadOf(id) === '0').length
    await expect(engine.connection('1-die')).rejects.toThrow('stopped unexpectedly')
    const endings = await Promise.all(
      peers.map(async (peer) => Promise.race([says(peer, 'still'), peer.ending]).catch(() => 'gone')),
    )
    expect(endings.filter((ending) => ending === 'still')).toHaveLength(mine)
    await until('it is there again', async () => {
      await open(4)
      return (await threadsOf()).length === 2
    })
    expect(statuses).toEqual([])
    const messages = log.entries().map(({ message }) => message)
    expect(messages[0]).toMatch(/^Thread 2 of the engine stopped unexpectedly/)
    // The places of the dead thread's connections are free again.
    const { totals } = await engine.snapshot()
    await open(100 - totals.open)
  })

  it('comes back to its ports when the first thread dies, while the others keep their connections', async () => {
    const config = await echoConfig(2)
    const at = { kind: 'tcp', host: '127.0.0.1', port: await (await start(config)).port() } as const
    const [rule] = config.rules
    if (!rule) throw new Error('no rule')
    const { engine, statuses, threadsOf } = await start({
      ...config,
      rules: [{ ...rule, listen: { ...at, host: '127.0.0.2' } }],
    })
    const peers: Peer[] = []
    for (let opened = 0; opened < 30; opened += 1) {
      const peer = await managed(connectTo({ host: '127.0.0.2', port: at.port }))
      expect(await says(peer, 'hello')).toBe('hello')
      peers.push(peer)
    }
    const others = (await engine.connections()).filter(({ id }) => threadOf(id) === '1').length
    await expect(engine.connection('die')).rejects.toThrow('stopped unexpectedly')
    const endings = await Promise.all(
      peers.map(async (peer) => Promise.race([says(peer, 'still'), peer.ending]).catch(() => 'gone')),
    )
    expect(endings.filter((ending) => ending === 'still')).toHaveLength(others)
    await until('it runs again', () => statuses.at(-1)?.state === 'running')
    await until(
      'it listens again',
      async () => (await engine.snapshot()).rules[0]?.status.state === 'listening',
    )
    expect((await engine.snapshot()).rules[0]?.status).toMatchObject({ address: { port: at.port } })
    expect(await threadsOf()).toEqual(['1'])
    await until('both threads accept', async () => {
      const peer = await managed(connectTo({ host: '127.0.0.2', port: at.port }))
      expect(await says(peer, 'again')).toBe('again')
      return (await threadsOf()).length === 2
    })
  })

  it('starts threads as they are needed where their number is automatic', async () => {
    // When a second one is worth it is GrowthWatch's, with a test of its own: a slow machine is busy with the start.
    const { engine, open, port, threadsOf } = await start(await echoConfig('automatic'), {
      cores: 2,
      lookEveryMs: 100,
    })
    const busy = await managed(connectTo(await port()))
    expect(await says(busy, 'hello')).toBe('hello')
    await engine.connection('busy')
    await until('a second thread has connections', async () => {
      await open(3)
      return (await threadsOf()).length === 2
    })
    expect(await says(busy, 'still')).toBe('still')
    expect((await engine.snapshot()).totals.failed).toBe(0)
  })
})

describe('an engine that can have one thread only', () => {
  it('says so where more were asked for, and forwards', async () => {
    const { log, open, threadsOf } = await start(await echoConfig(3), { canShare: async () => false })
    await open(10)
    expect(await threadsOf()).toEqual(['0'])
    expect(log.entries().map(({ message }) => message)).toEqual([
      'The engine runs in one thread: several need Linux, and Node 23.1 or newer.',
    ])
  })

  it('has its port to itself on a single core', async () => {
    const one = await start(await echoConfig('automatic'), { cores: 1 })
    await one.open(3)
    expect(await one.threadsOf()).toEqual(['0'])
  })
})
