import { describe, expect, it } from 'vitest'
import { canSharePorts } from '../../../main/engine/can-share-ports.ts'
import type { NextHopInput } from '../../../shared/model/next-hop.ts'
import type { NextHopListInput } from '../../../shared/model/next-hop-list.ts'
import { makeConfig, makeHop, makeRule, type RuleFields } from '../../support/config.ts'
import { startThreads } from '../../support/engine-threads.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { startSocksServer, type SocksServer } from '../../support/socks-server.ts'
import { startEcho } from '../../support/targets.ts'
import { until } from '../../support/until.ts'

// What threads must know of each other for a route to be the same in all of them.

const canShare = await canSharePorts()

async function startList(
  list: Partial<NextHopListInput>,
  hopFields: readonly Partial<NextHopInput>[],
  rule: Partial<RuleFields> = {},
) {
  const echo = await managed(startEcho())
  const servers: SocksServer[] = []
  for (const _hop of hopFields) servers.push(await managed(startSocksServer()))
  const hops = hopFields.map((fields, index) =>
    makeHop({ id: `h${index}`, name: `Hop ${index}`, port: servers[index]?.port ?? 0, ...fields }),
  )
  const config = makeConfig({
    hops,
    lists: [{ id: 'l', name: 'List', hopIds: hops.map(({ id }) => id), ...list }],
    rules: [makeRule({ to: echo.port, route: { kind: 'list', listId: 'l' }, ...rule })],
    settings: { threads: 3 },
  })
  const threads = await startThreads(config)
  return { ...threads, config, distribution: () => servers.map(({ asks }) => asks.length) }
}

describe.skipIf(!canShare)('over all threads', () => {
  it('a hop has no more connections than its limit', async () => {
    const { engine, open, port, distribution, threadsOf } = await startList({}, [
      { maxConnections: 5 },
      { maxConnections: 7 },
    ])
    const peers = await open(12)
    expect(await threadsOf()).toEqual(['0', '1', '2'])
    expect(distribution()).toEqual([5, 7])
    const more = await managed(connectTo(await port()))
    expect(await more.ending).toBe('ECONNRESET')
    await Promise.all(peers.map((peer) => peer.close()))
    await until('the places are free', async () => (await engine.snapshot()).totals.open === 0)
    await open(12)
    expect(distribution()).toEqual([10, 14])
  })

  it('"least connections" goes by the connections of all of them', async () => {
    const { open, distribution, threadsOf } = await startList({ mode: 'least-connections' }, [{}, {}, {}])
    await open(30)
    expect(await threadsOf()).toEqual(['0', '1', '2'])
    expect(distribution()).toEqual([10, 10, 10])
  })

  it('"sticky" leads a client to the same hop in each', async () => {
    const { open, distribution, threadsOf } = await startList({ mode: 'sticky' }, [{}, {}, {}])
    await open(30)
    expect(await threadsOf()).toEqual(['0', '1', '2'])
    expect([...distribution()].sort((a, b) => a - b)).toEqual([0, 0, 30])
  })

  it('a rule without hops is off its port, and back on it when one is back', async () => {
    const { engine, open, port, events, threadsOf } = await startList(
      {},
      [{ healthCheck: { kind: 'tcp', intervalMs: 500, rise: 1 } }],
      { onAllDown: 'unbind' },
    )
    await open(12)
    const at = await port()
    await engine.failHop('h0', 600_000)
    await until('nobody listens', async () => {
      const peer = await connectTo(at).catch(() => undefined)
      peer?.reset()
      return peer === undefined
    })
    expect((await engine.snapshot()).rules[0]?.status).toMatchObject({
      state: 'unbound',
      route: 'List',
    })
    await engine.failHop('h0', 0)
    await until(
      'it listens again',
      async () => (await engine.snapshot()).rules[0]?.status.state === 'listening',
    )
    await until('all threads accept', async () => {
      await engine.closeConnections({ kind: 'all' })
      await open(12)
      return (await threadsOf()).length === 3
    })
    expect(events.filter((event) => event.kind === 'rule-status' && event.status.state === 'failed')).toEqual(
      [],
    )
  })
})
