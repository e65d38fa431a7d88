import { describe, expect, it } from 'vitest'
import type { Failure } from '../../../shared/errors.ts'
import { findProblems, hopsInUse } from '../../../shared/problems.ts'
import type { HopHealth, RuleStatus } from '../../../shared/runtime.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'

const failure: Failure = { code: 'hop-unreachable', errno: 'ECONNREFUSED' }
const down = (of: Failure = failure): HopHealth => ({ state: 'down', at: 5, retryAt: 9, failure: of })
const failed = (of: Failure): RuleStatus => ({ state: 'failed', failure: of })
const listening: RuleStatus = { state: 'listening', address: { kind: 'tcp', host: '127.0.0.1', port: 9102 } }

const config = makeConfig({
  hops: ['a', 'b', 'unused'].map((id, index) => makeHop({ id, name: `Hop ${id}`, port: 1080 + index })),
  lists: [{ id: 'l', name: 'Both', hopIds: ['a', 'b'] }],
  rules: [
    makeRule({ id: 'one', to: 80, listen: 9102, route: { kind: 'hop', hopId: 'a' } }),
    makeRule({ id: 'two', to: 80, listen: 9103, route: { kind: 'list', listId: 'l' } }),
    makeRule({ id: 'off', to: 80, listen: 9104, enabled: false, route: { kind: 'hop', hopId: 'unused' } }),
  ],
})

interface State {
  readonly rules?: Readonly<Record<string, RuleStatus>>
  readonly hops?: Readonly<Record<string, HopHealth>>
}

const problems = (
  { rules = {}, hops = {} }: State,
  of = config,
  engine: 'running' | 'restarting' = 'running',
) => findProblems({ config: of, statusOf: (id) => rules[id], healthOf: (id) => hops[id], engine })

const brief = (state: State) => problems(state).map(({ key, kind, action }) => `${key}: ${kind}, ${action}`)

describe('problems', () => {
  it('are none where all is well', () => {
    expect(brief({ rules: { one: listening, two: listening }, hops: { a: { state: 'up', at: 1 } } })).toEqual(
      [],
    )
  })

  it.each<[Failure, string]>([
    [{ code: 'port-in-use' }, 'examine-port'],
    [{ code: 'port-forbidden' }, 'examine-port'],
    [{ code: 'address-unavailable' }, 'edit-rule'],
  ])('are a rule that failed with %o, and %s helps', (of, action) => {
    expect(brief({ rules: { one: failed(of) } })).toEqual([`rule one: rule-failed, ${action}`])
  })

  it.each<[Failure, string]>([
    [failure, 'hop-down, check-hop'],
    [{ code: 'hop-auth-failed', login: 'refused' }, 'hop-down, edit-login'],
    [{ code: 'hop-unreachable', errno: 'CERT_HAS_EXPIRED' }, 'certificate-expired, check-hop'],
    [{ code: 'hop-tls-failed', tls: 'expired', errno: 'CERT_HAS_EXPIRED' }, 'certificate-expired, check-hop'],
    [{ code: 'hop-tls-failed', tls: 'unknown-issuer' }, 'hop-down, edit-hop'],
    [{ code: 'hop-tls-failed', tls: 'wrong-name' }, 'hop-down, edit-hop'],
    [{ code: 'hop-tls-failed', tls: 'other' }, 'hop-down, check-hop'],
  ])('are a hop that is down with %o: %s', (of, expected) => {
    expect(brief({ hops: { a: down(of) } })).toEqual([`hop a: ${expected}`])
  })

  it('are a list whose hops are all down, before its hops', () => {
    expect(brief({ hops: { a: down(), b: down() } })).toEqual([
      'list l: list-down, edit-list',
      'hop a: hop-down, check-hop',
      'hop b: hop-down, check-hop',
    ])
  })

  it('are a rule that goes past its hops, since all are down and it may', () => {
    const [one, ...others] = config.rules
    if (!one) throw new Error('no rule')
    const of = { ...config, rules: [{ ...one, lastResortDirect: true }, ...others] }
    expect(problems({ hops: { a: down() } }, of).map(({ kind, key }) => `${key}: ${kind}`)).toEqual([
      'direct one: goes-direct',
      'hop a: hop-down',
    ])
    expect(problems({ hops: { b: down() } }, of).map(({ kind }) => kind)).toEqual(['hop-down'])
    const route = { kind: 'chain' as const, hopIds: ['b', 'a'] }
    const chained = { ...of, rules: [{ ...one, route, lastResortDirect: true }] }
    expect(problems({ hops: { a: down() } }, chained).map(({ kind }) => kind)).toEqual(['hop-down'])
    const hops = { a: down({ code: 'hop-auth-failed', login: 'unavailable' }) }
    expect(problems({ hops }, chained).map(({ kind }) => kind)).toEqual(['goes-direct', 'hop-down'])
  })

  it('are none of what no rule uses that is on', () => {
    expect(brief({ rules: { off: failed({ code: 'port-in-use' }) }, hops: { unused: down() } })).toEqual([])
  })

  it('are none while forwarding is off, and one while the engine is away', () => {
    const off = { ...config, settings: { ...config.settings, forwarding: false } }
    expect(problems({ hops: { a: down() } }, off)).toEqual([])
    expect(problems({ hops: { a: down() } }, config, 'restarting')).toMatchObject([{ kind: 'engine-down' }])
  })
})

describe('hops in use', () => {
  const ids = (of: typeof config) => hopsInUse(of).map(({ id }) => id)

  it('are those that rules lead through that are on, each once', () => {
    expect(ids(config)).toEqual(['a', 'b'])
    const chained = makeConfig({
      ...config,
      rules: [makeRule({ to: 80, route: { kind: 'chain', hopIds: ['unused', 'a'] } })],
    })
    expect(ids(chained)).toEqual(['a', 'unused'])
  })

  it('are none while nothing is forwarded', () => {
    expect(ids({ ...config, settings: { ...config.settings, forwarding: false } })).toEqual([])
  })
})
