import { describe, expect, it } from 'vitest'
import { localTime } from '../../../main/engine/conditions/ask.ts'
import { protocolWaitMs } from '../../../main/engine/identify/peek-protocol.ts'
import type { ConditionInput } from '../../../shared/model/condition.ts'
import { formatClock } from '../../../shared/model/condition-time.ts'
import { makeConfig, makeHop, makeRule, type ConfigFields, type RuleFields } from '../../support/config.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { startSocksServer, type SocksServer } from '../../support/socks-server.ts'
import { startBanner, startEcho } from '../../support/targets.ts'
import { until } from '../../support/until.ts'

// Which way a connection takes is seen at the hops: each condition leads to another one.

interface Setup {
  readonly engine: TestEngine
  /** Of the rule's own route. */
  readonly own: SocksServer
  readonly other: SocksServer
  readonly config: (fields?: ConfigFields, rule?: Partial<RuleFields>) => ReturnType<typeof makeConfig>
}

const toOther = { kind: 'hop', hopId: 'other' } as const
const block = { kind: 'block' } as const
const request = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'

async function start(
  to: RuleFields['to'],
  own: ConditionInput[],
  common: ConditionInput[] = [],
): Promise<Setup> {
  const servers = [await managed(startSocksServer()), await managed(startSocksServer())] as const
  const hops = [
    makeHop({ port: servers[0].port }),
    makeHop({ id: 'other', name: 'Other', port: servers[1].port }),
  ]
  const config = (fields: ConfigFields = {}, rule: Partial<RuleFields> = {}) =>
    makeConfig({ hops, conditions: common, ...fields, rules: [makeRule({ to, conditions: own, ...rule })] })
  const engine = await managed(startEngine(config()))
  return { engine, own: servers[0], other: servers[1], config }
}

/** Sends a request to something that echoes, and sees it come back exactly once. */
async function exchange({ engine }: Setup, text = request, from?: string): Promise<void> {
  const client = await connectTo({
    host: '127.0.0.1',
    port: await engine.port(),
    ...(from !== undefined && { localAddress: from }),
  })
  client.end(text)
  expect((await client.takeRest()).toString()).toBe(text)
}

async function routeNote({ engine }: Setup): Promise<string | undefined> {
  const { stages } = await engine.closedConnection()
  return stages.find(({ stage }) => stage === 'route')?.note
}

const ways = ({ own, other }: Setup) => [own.asks.length, other.asks.length]

describe('a condition', () => {
  it('decides by the client', async () => {
    const { port } = await managed(startEcho())
    const setup = await start(port, [{ id: 'c', client: ['127.0.0.2'], route: toOther }])
    await exchange(setup)
    expect(await routeNote(setup)).toBe('no condition holds; Test hop')
    await exchange(setup, request, '127.0.0.2')
    expect(await routeNote(setup)).toBe('condition 1 holds; Other')
    expect(ways(setup)).toEqual([1, 1])
  })

  it('decides by the name that was asked for, and by a literal address; no name is looked up', async () => {
    const { port } = await managed(startEcho())
    const setup = await start({ kind: 'proxy' }, [
      { id: 'name', destination: ['*.localhost'], route: toOther },
      { id: 'address', destination: ['127.0.0.0/8'], route: toOther },
    ])
    for (const [host, expected] of [
      ['www.localhost', [0, 1]],
      ['localhost', [1, 1]],
      ['127.0.0.1', [1, 2]],
    ] as const) {
      const client = await setup.engine.connect()
      await client.write(`CONNECT ${host}:${port} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
      await until('a hop is asked', () => ways(setup).join() === expected.join())
      client.reset()
    }
  })

  it('decides by the port, and asks each request of an HTTP proxy’s client anew', async () => {
    const [one, two] = [await managed(startEcho()), await managed(startEcho())]
    const setup = await start({ kind: 'proxy' }, [
      { id: 'c', port: [String(two.port)], protocol: ['http'], route: toOther },
    ])
    for (const [{ port }, expected] of [
      [one, [1, 0]],
      [two, [1, 1]],
    ] as const) {
      const client = await setup.engine.connect()
      await client.write(`GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: a\r\n\r\n`)
      await until('the hop is asked', () => ways(setup).join() === expected.join())
      client.reset()
    }
  })

  it('decides by the protocol; not one byte is lost or sent twice', async () => {
    const { port } = await managed(startEcho())
    const setup = await start(port, [{ id: 'c', protocol: ['ssh', 'http'], route: toOther }])
    await exchange(setup)
    expect(await routeNote(setup)).toBe('the client speaks http; condition 1 holds; Other')
    await exchange(setup, 'SSH-2.0-test\r\n')
    await exchange(setup, 'neither of them')
    expect(await routeNote(setup)).toBe('the protocol is not known; no condition holds; Test hop')
    expect(ways(setup)).toEqual([1, 2])
    const { totals } = await setup.engine.engine.snapshot()
    const sent = request.length + 'SSH-2.0-test\r\n'.length + 'neither of them'.length
    expect(totals).toMatchObject({ bytesUp: sent, bytesDown: sent })
  })

  it('decides by the protocol also where it comes in pieces', async () => {
    const { port } = await managed(startEcho())
    const setup = await start(port, [{ id: 'c', protocol: ['http'], route: toOther }])
    const client = await setup.engine.connect()
    for (const byte of request) await client.write(byte)
    client.end()
    expect((await client.takeRest()).toString()).toBe(request)
    expect(ways(setup)).toEqual([0, 1])
  })

  it('holds up a client that waits for the server for a moment only', async () => {
    const { port } = await managed(startBanner('220 ready\r\n'))
    const setup = await start(port, [{ id: 'c', protocol: ['http'], route: toOther }])
    const startedAt = performance.now()
    const client = await setup.engine.connect()
    expect(await client.takeText(11)).toBe('220 ready\r\n')
    expect(performance.now() - startedAt).toBeGreaterThan(protocolWaitMs - 50)
    client.end('EHLO a\r\n')
    expect((await client.takeRest()).toString()).toBe('EHLO a\r\n')
    expect(ways(setup)).toEqual([1, 0])
  })

  it('does not wait for a client where something else decides already', async () => {
    const { port } = await managed(startBanner('220 ready\r\n'))
    const setup = await start(port, [
      { id: 'not', protocol: ['http'], port: ['1'], route: block },
      { id: 'yes', client: ['127.0.0.0/8'], route: toOther },
      { id: 'late', protocol: ['http'], route: block },
    ])
    const startedAt = performance.now()
    const client = await setup.engine.connect()
    expect(await client.takeText(11)).toBe('220 ready\r\n')
    expect(performance.now() - startedAt).toBeLessThan(protocolWaitMs)
    client.reset()
    expect(await routeNote(setup)).toBe('condition 2 holds; Other')
  })

  it('lets a client that ends without a word pass', async () => {
    const { port } = await managed(startBanner('220 ready\r\n'))
    const setup = await start(port, [{ id: 'c', protocol: ['http'], route: toOther }])
    const client = await setup.engine.connect()
    client.end()
    expect((await client.takeRest()).toString()).toBe('220 ready\r\n')
    expect(ways(setup)).toEqual([1, 0])
  })

  it('gives up on a client that goes away while it is waited for', async () => {
    const { port } = await managed(startEcho())
    const setup = await start(port, [{ id: 'c', protocol: ['http'], route: toOther }])
    const client = await setup.engine.connect()
    await until('it is at its route', async () => {
      const [newest] = await setup.engine.engine.connections()
      return newest?.stage === 'route'
    })
    client.reset()
    expect((await setup.engine.closedConnection()).closeReason).toEqual({ by: 'client', how: 'reset' })
    expect(ways(setup)).toEqual([0, 0])
  })

  it('decides by the time of day', async () => {
    const { port } = await managed(startEcho())
    const { minute } = localTime(new Date())
    const clock = (offset: number) => formatClock((minute + offset + 1440) % 1440)
    const setup = await start(port, [
      { id: 'not', time: { from: clock(60), to: clock(120) }, route: block },
      { id: 'now', time: { from: clock(-60), to: clock(60) }, route: toOther },
    ])
    await exchange(setup)
    expect(await routeNote(setup)).toBe('condition 2 holds; Other')
  })

  it('of all rules is asked before those of the rule', async () => {
    const { port } = await managed(startEcho())
    const setup = await start(
      port,
      [{ id: 'c', name: 'Mine', port: ['1-65535'], route: block }],
      [
        { id: 'off', enabled: false, port: ['1-65535'], route: block },
        { id: 'c', name: 'Everybody', client: ['127.0.0.1'], route: toOther },
      ],
    )
    await exchange(setup)
    expect(await routeNote(setup)).toBe('condition 2 "Everybody" of all rules holds; Other')
  })

  it('may lead past every hop, or to one that the rule does not know', async () => {
    const { port } = await managed(startEcho())
    const setup = await start(port, [{ id: 'c', client: ['127.0.0.2'], route: { kind: 'direct' } }])
    await exchange(setup, request, '127.0.0.2')
    expect(await routeNote(setup)).toBe('condition 1 holds; direct')
    expect(ways(setup)).toEqual([0, 0])
  })
})

describe('a condition that blocks', () => {
  it('answers like a rule that blocks', async () => {
    const setup = await start(80, [{ id: 'c', name: 'No web', protocol: ['http'], route: block }])
    const client = await setup.engine.connect()
    await client.write(request)
    const answer = (await client.takeRest()).toString()
    expect(answer).toMatch(
      /^HTTP\/1\.1 403 [^]*The condition “No web” of the rule “Test rule” blocks 127\.0\.0\.1:80/,
    )
    expect(await setup.engine.failure()).toEqual({
      code: 'blocked',
      stage: 'route',
      target: '127.0.0.1:80',
      condition: { number: 1, name: 'No web', rule: 'Test rule' },
    })
    expect(ways(setup)).toEqual([0, 0])
  })

  it('answers the client of a proxy in its own words', async () => {
    const setup = await start({ kind: 'proxy' }, [{ id: 'c', destination: ['*.example'], route: block }])
    const client = await setup.engine.connect()
    await client.write('CONNECT www.example:443 HTTP/1.1\r\nHost: www.example\r\n\r\n')
    expect((await client.takeRest()).toString()).toMatch(/^HTTP\/1\.1 403 /)
  })

  it('resets a client that speaks nothing known', async () => {
    const setup = await start(9, [{ id: 'c', client: ['127.0.0.0/8'], route: block }])
    const client = await setup.engine.connect()
    await client.write('what?')
    expect(await client.ending).toBe('ECONNRESET')
  })
})

describe('the counters of conditions', () => {
  it('count decisions, and outlive changes of other things', async () => {
    const { port } = await managed(startEcho())
    const own: ConditionInput = { id: 'c', client: ['127.0.0.2'], route: toOther }
    const common: ConditionInput = { id: 'c', client: ['127.0.0.3'], route: toOther }
    const setup = await start(port, [own], [common])
    await exchange(setup)
    await exchange(setup, request, '127.0.0.2')
    await exchange(setup, request, '127.0.0.2')
    await exchange(setup, request, '127.0.0.3')
    const hits = async () => (await setup.engine.engine.snapshot()).conditions
    const counted = [
      { conditionId: 'c', hits: 1 },
      { ruleId: 'rule', conditionId: 'c', hits: 2 },
    ]
    expect(await hits()).toEqual(counted)
    await setup.engine.apply(setup.config({}, { maxConnections: 9 }))
    expect(await hits()).toEqual(counted)
    const changed = { ...own, client: ['127.0.0.2', '127.0.0.4'] }
    await setup.engine.apply(setup.config({}, { conditions: [changed] }))
    expect(await hits()).toEqual([{ conditionId: 'c', hits: 1 }])
    await exchange(setup, request, '127.0.0.4')
    expect(await hits()).toEqual([
      { conditionId: 'c', hits: 1 },
      { ruleId: 'rule', conditionId: 'c', hits: 1 },
    ])
  })

  it('close connections whose route changed with them, where the rule says so', async () => {
    const { port } = await managed(startEcho())
    const setup = await start(port, [])
    await setup.engine.apply(setup.config({}, { closeOnRouteChange: true }))
    const client = await setup.engine.connect()
    await client.write('x')
    await client.take(1)
    const conditions: ConditionInput[] = [{ id: 'c', client: ['127.0.0.1'], route: block }]
    await setup.engine.apply(setup.config({ conditions }, { closeOnRouteChange: true }))
    expect(await client.ending).toBe('ECONNRESET')
  })
})
