import { describe, expect, it } from 'vitest'
import { explainRoute } from '../../../../main/engine/explain/explain-route.ts'
import { HopStates } from '../../../../main/engine/hop-states.ts'
import { describeExplanation } from '../../../../main/headless/explanation-words.ts'
import { Router } from '../../../../main/engine/routing/router.ts'
import type { ImaginedConnection } from '../../../../shared/explanation.ts'
import type { ConditionInput } from '../../../../shared/model/condition.ts'
import type { NextHopListInput } from '../../../../shared/model/next-hop-list.ts'
import { makeConfig, makeHop, makeRule, type RuleFields } from '../../../support/config.ts'

const time = { day: 0, minute: 600 }
const ids = ['a', 'b', 'c']
const list = { kind: 'list', listId: 'l' } as const

interface Fields {
  readonly rule?: Partial<RuleFields>
  readonly list?: Partial<NextHopListInput>
  readonly common?: readonly ConditionInput[]
  readonly hops?: Readonly<Record<string, object>>
}

function prepare({ rule = {}, list: listFields = {}, common = [], hops = {} }: Fields) {
  const config = makeConfig({
    hops: ids.map((id, index) => makeHop({ id, name: id.toUpperCase(), port: 1 + index, ...hops[id] })),
    lists: [{ id: 'l', name: 'Office', hopIds: ids, ...listFields }],
    rules: [makeRule({ to: 9, route: list, ...rule })],
    conditions: common,
  })
  const hopStates = new HopStates(() => undefined)
  hopStates.apply(config.hops)
  const router = new Router(hopStates)
  router.apply(config)
  const [made] = config.rules
  if (!made) throw new Error('no rule')
  const explain = (connection: Partial<ImaginedConnection> = {}) =>
    explainRoute(made, { time, ...connection }, { config, router, isHealthKnown: true })
  const hop = (id: string) => {
    const found = config.hops.find((one) => one.id === id)
    if (!found) throw new Error('no hop')
    return found
  }
  return { explain, hopStates, hop, router, rule: made }
}

const outcomes = ({ conditions }: ReturnType<ReturnType<typeof prepare>['explain']>) =>
  conditions.map(({ of, number, outcome }) =>
    [of, number, outcome.kind, ...('matcher' in outcome ? [outcome.matcher] : [])].join(' '),
  )

const own: ConditionInput[] = [
  { id: '1', port: ['443'], protocol: ['tls'], route: { kind: 'direct' } },
  { id: '2', enabled: false, port: ['443'], route: { kind: 'block' } },
  { id: '3', name: 'Web', port: ['443'], route: { kind: 'hop', hopId: 'b' } },
  { id: '4', port: ['443'], route: { kind: 'block' } },
]
const common: ConditionInput[] = [{ id: '1', client: ['10.0.0.0/8'], route: { kind: 'block' } }]

describe('the explanation of a route', () => {
  it('tells what every condition says, and which one decides', () => {
    const { explain } = prepare({ rule: { conditions: own }, common })
    const told = explain({ client: '192.0.2.1', target: { host: 'db', port: 443 }, protocol: 'ssh' })
    expect(outcomes(told)).toEqual([
      'all 1 no client',
      'rule 1 no protocol',
      'rule 2 off',
      'rule 3 holds',
      'rule 4 not-asked',
    ])
    expect(told).toMatchObject({ decidedBy: { of: 'rule', number: 3, name: 'Web' }, isCertain: true })
    expect(told.route).toMatchObject({
      kind: 'hop',
      hops: [{ name: 'B', address: '127.0.0.1:2', kind: 'SOCKS5' }],
    })
  })

  it('is not certain of what depends on something that was not told', () => {
    const { explain } = prepare({ rule: { conditions: own }, common })
    const told = explain({ target: { host: 'db', port: 443 } })
    expect(outcomes(told).slice(0, 2)).toEqual(['all 1 open client', 'rule 1 open protocol'])
    expect(told).toMatchObject({ isCertain: false, decidedBy: { id: '3' } })
  })

  it('takes the rule’s own route where no condition holds', () => {
    const { explain } = prepare({ rule: { conditions: own } })
    const told = explain({ target: { host: 'db', port: 80 } })
    expect(told.decidedBy).toBeUndefined()
    expect(told.route).toMatchObject({
      kind: 'list',
      list: { name: 'Office', mode: 'failover' },
      hops: [{ name: 'A' }, { name: 'B' }, { name: 'C' }],
    })
  })

  it('leaves out hops as the engine would, and says why', () => {
    const { explain, hopStates, hop } = prepare({
      hops: { a: { maintenance: true }, b: { failureWaitMs: 60_000 }, c: { maxConnections: 1 } },
    })
    hopStates.failed(hop('b'), { code: 'hop-unreachable' }, performance.now())
    hopStates.standing(hop('c')).enter()
    const { hops, skipped } = explain().route
    expect(hops).toEqual([])
    expect(skipped).toMatchObject([
      { name: 'A', obstacle: { kind: 'maintenance' } },
      { name: 'B', obstacle: { kind: 'down', onPurpose: false } },
      { name: 'C', obstacle: { kind: 'full', limit: 1 } },
    ])
  })

  it('tells no time of a hop that only its health check brings back', () => {
    const healthCheck = { kind: 'handshake' } as const
    const { explain, hopStates } = prepare({
      rule: { route: { kind: 'hop', hopId: 'a' } },
      hops: { a: { healthCheck } },
    })
    hopStates.checkedDown('a', { code: 'timeout' }, performance.now() - 60_000, 1000)
    const told = explain()
    expect(told.route.skipped[0]?.obstacle).toEqual({
      kind: 'down',
      forMs: 0,
      onPurpose: false,
      untilChecked: true,
    })
    expect(describeExplanation(told).join('\n')).toContain(
      'skipped, left alone until its health check succeeds',
    )
  })

  it('leaves no trace: the next connection gets the hop that was told', () => {
    const { explain, router, rule } = prepare({ list: { mode: 'round-robin' } })
    const first = () => explain().route.hops[0]?.id
    expect([first(), first()]).toEqual(['a', 'a'])
    const plan = router.plan(rule, { client: '192.0.2.1:1', target: { host: 'db', port: 9 } })
    expect(plan.kind === 'hops' && plan.hops[0]?.id).toBe('a')
    expect(first()).toBe('b')
  })

  it('sees the same stickiness as a connection of this client', () => {
    const { explain, router, rule } = prepare({ list: { mode: 'sticky' } })
    for (const host of ['192.0.2.1', '192.0.2.9', '2001:db8::1']) {
      const told = explain({ client: host }).route.hops.map(({ id }) => id)
      const client = host.includes(':') ? `[${host}]:4000` : `${host}:4000`
      const plan = router.plan(rule, { client, target: { host: 'db', port: 9 } })
      expect(told).toEqual(plan.kind === 'hops' && plan.hops.map(({ id }) => id))
    }
  })

  it('tells a chain in order, and nothing where its first hop is left alone', () => {
    const chain = { route: { kind: 'chain' as const, hopIds: ['c', 'a'] } }
    expect(
      prepare({ rule: chain })
        .explain()
        .route.hops.map(({ id }) => id),
    ).toEqual(['c', 'a'])
    const { route } = prepare({ rule: chain, hops: { c: { maintenance: true } } }).explain()
    expect(route).toMatchObject({ hops: [], skipped: [{ id: 'c', obstacle: { kind: 'maintenance' } }] })
  })

  it.each([
    ['rule-off', { enabled: false }, {}],
    ['client', { allowedClients: ['10.0.0.0/8'] }, { client: '192.0.2.1' }],
    [undefined, { allowedClients: ['10.0.0.0/8'], receiveProxyHeader: true }, { client: '192.0.2.1' }],
    [
      'destination',
      { to: { kind: 'proxy', allowed: ['*.example.com'] } },
      { target: { host: 'db', port: 1 } },
    ],
    [undefined, { to: { kind: 'proxy', allowed: ['db'] } }, { target: { host: 'db', port: 1 } }],
  ] as const)('says %s where the connection would not come that far', (refusal, rule, connection) => {
    expect(prepare({ rule: rule as Partial<RuleFields> }).explain(connection).refusal).toBe(refusal)
  })
})
