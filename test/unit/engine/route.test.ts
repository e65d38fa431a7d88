import { describe, expect, it } from 'vitest'
import { isHopsFault } from '../../../main/engine/dial/dial.ts'
import { planRoute } from '../../../main/engine/route.ts'
import type { Failure } from '../../../shared/errors.ts'
import { parseConfig } from '../../../shared/model/config.ts'
import type { HopHealth } from '../../../shared/runtime.ts'

const failure: Failure = { code: 'hop-unreachable', errno: 'ECONNREFUSED' }

function makePlan(route: unknown, mode: string, health: Record<string, HopHealth> = {}, turn = 0) {
  const hop = (id: string, port: number) => ({
    id,
    name: id.toUpperCase(),
    host: '10.0.0.1',
    port,
    version: '5',
  })
  const result = parseConfig({
    version: 1,
    hops: [hop('a', 1), hop('b', 2), hop('c', 3)],
    lists: [{ id: 'l', name: 'Office', mode, hopIds: ['a', 'b', 'c'] }],
    rules: [
      {
        id: 'r',
        name: 'Rule',
        listen: { kind: 'tcp', port: 9102 },
        destination: { kind: 'fixed', host: 'x', port: 1 },
        route,
      },
    ],
  })
  if (!result.ok) throw new Error(JSON.stringify(result.issues))
  const [rule] = result.config.rules
  if (!rule) throw new Error('no rule')
  const healthOf = (id: string): HopHealth => health[id] ?? { state: 'unknown' }
  return planRoute({ config: result.config, rule, healthOf, turn, now: 1000 })
}

const list = { kind: 'list', listId: 'l' }
const down = (retryAt: number): HopHealth => ({ state: 'down', at: 0, retryAt, failure })
const ids = (plan: ReturnType<typeof makePlan>) =>
  plan.kind === 'hops' ? plan.hops.map(({ id }) => id).join('') : plan.kind

describe('the route of a connection', () => {
  it.each([
    ['direct', { kind: 'direct' }, 'failover', {}, 0, 'direct'],
    ['block', { kind: 'block' }, 'failover', {}, 0, 'block'],
    ['one hop', { kind: 'hop', hopId: 'b' }, 'failover', {}, 0, 'b'],
    ['failover', list, 'failover', {}, 5, 'abc'],
    ['failover past a hop left alone', list, 'failover', { a: down(1001) }, 0, 'bc'],
    ['failover back to a hop whose wait is over', list, 'failover', { a: down(1000) }, 0, 'abc'],
    ['round robin, first', list, 'round-robin', {}, 0, 'abc'],
    ['round robin, second', list, 'round-robin', {}, 1, 'bca'],
    ['round robin, fourth', list, 'round-robin', {}, 3, 'abc'],
    ['round robin without a hop left alone', list, 'round-robin', { b: down(9999) }, 1, 'ca'],
  ])('%s', (_name, route, mode, health, turn, expected) => {
    expect(ids(makePlan(route, mode, health, turn))).toBe(expected)
  })

  it('says why when every hop is left alone, and for how long', () => {
    const plan = makePlan(list, 'failover', { a: down(5000), b: down(3000), c: down(9000) })
    expect(plan).toEqual({
      kind: 'hops',
      hops: [],
      note: 'list Office; left alone after a failure: A, B, C',
      failure: { ...failure, waitMs: 2000 },
    })
  })
})

describe('a failure speaks for the health of the hop', () => {
  it.each([
    [{ code: 'hop-unreachable', stage: 'connect-hop' }, true],
    [{ code: 'hop-unreachable', stage: 'greet' }, true],
    [{ code: 'hop-unreachable', stage: 'request' }, false],
    [{ code: 'name-not-found', stage: 'connect-hop' }, true],
    [{ code: 'name-not-found', stage: 'resolve' }, false],
    [{ code: 'timeout', stage: 'connect-hop' }, true],
    [{ code: 'timeout', stage: 'greet' }, true],
    [{ code: 'timeout', stage: 'request' }, false],
    [{ code: 'hop-auth-failed', stage: 'authenticate' }, true],
    [{ code: 'hop-not-socks', stage: 'greet' }, true],
    [{ code: 'target-refused', stage: 'request' }, false],
    [{ code: 'hop-refused', stage: 'request' }, false],
  ] as const)('%j: %s', (failure, expected) => {
    expect(isHopsFault(failure)).toBe(expected)
  })
})
