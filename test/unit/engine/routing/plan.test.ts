import { describe, expect, it } from 'vitest'
import { isHopsFault } from '../../../../main/engine/dial/dial.ts'
import { HopStates } from '../../../../main/engine/hop-states.ts'
import { planPool } from '../../../../main/engine/routing/plan-pool.ts'
import { listPool, newMemory, singlePool, type Pool } from '../../../../main/engine/routing/pool.ts'
import { Router } from '../../../../main/engine/routing/router.ts'
import type { Bar } from '../../../../shared/errors.ts'
import type { NextHopListInput } from '../../../../shared/model/next-hop-list.ts'
import { describeNotes } from '../../../../shared/texts/note-texts.ts'
import { downUntil, makeCandidate, makeStanding, type CandidateFields } from '../../../support/candidates.ts'
import { makeConfig, makeHop, makeRule } from '../../../support/config.ts'

const now = 1000
const request = { client: '192.0.2.1:4000', target: { host: 'db.internal', port: 5432 } }

function makePool(hops: Record<string, CandidateFields>, list: Partial<NextHopListInput> = {}): Pool {
  const members = Object.entries(hops).map(([id, fields]) => makeCandidate(id, fields))
  const [made] = makeConfig({
    hops: Object.keys(hops).map((id, index) => makeHop({ id, name: id, port: 1 + index })),
    lists: [{ id: 'l', name: 'Office', hopIds: Object.keys(hops), ...list }],
  }).lists
  if (!made) throw new Error('no list')
  return listPool(made, members, newMemory())
}

function plan(pool: Pool) {
  return planPool(pool, { request, now, random: Math.random })
}

const ids = (pool: Pool) =>
  plan(pool)
    .hops.map(({ id }) => id)
    .join('')
const down = (retryAt: number) => ({ standing: { health: downUntil(retryAt) } })

describe('the plan of a list', () => {
  it.each([
    ['names all hops in order', { a: {}, b: {}, c: {} }, {}, 'abc'],
    ['leaves out one that is left alone', { a: down(1001), b: {} }, {}, 'b'],
    ['takes one whose wait is over', { a: down(1000), b: {} }, {}, 'ab'],
    ['leaves out one in maintenance', { a: { hop: { maintenance: true } }, b: {} }, {}, 'b'],
    [
      'leaves out one that is full',
      { a: { hop: { maxConnections: 2 }, standing: { open: 2 } }, b: {} },
      {},
      'b',
    ],
    [
      'takes one that is nearly full',
      { a: { hop: { maxConnections: 2 }, standing: { open: 1 } }, b: {} },
      {},
      'ab',
    ],
    ['puts backups last', { a: {}, b: {}, c: {} }, { backupHopIds: ['a'] }, 'bca'],
    ['is left with the backup', { a: {}, b: down(9999) }, { backupHopIds: ['a'] }, 'a'],
    [
      'never prefers an idle backup',
      { a: {}, b: { standing: { open: 5 } } },
      { mode: 'least-connections', backupHopIds: ['a'] },
      'ba',
    ],
  ] as const)('%s', (_name, hops, list, expected) => {
    expect(ids(makePool(hops, list as Partial<NextHopListInput>))).toBe(expected)
  })

  it('says which hops were left out, and why', () => {
    const pool = makePool({
      a: down(9000),
      b: { hop: { maintenance: true } },
      c: { hop: { maxConnections: 1 }, standing: { open: 1 } },
      d: {},
    })
    expect(describeNotes(plan(pool).notes)).toBe(
      'list Office: D; A left alone after a failure, for another 8 s; B in maintenance; ' +
        'C has its limit of 1 connection',
    )
  })

  it('says which hops come behind others since they were down, and for how long', () => {
    const up = { state: 'up', at: 0 } as const
    const back = (recoveredAt: number) => ({ standing: { health: up, recoveredAt } })
    const notes = (pool: Pool) => describeNotes(plan(pool).notes)
    const list = { returnAfterMs: 1000 }
    expect(notes(makePool({ a: back(400), b: {}, c: back(700) }, list))).toBe(
      'list Office: B, A, C; A comes later: it was down, and "Return after" lasts another 400 ms',
    )
    expect(notes(makePool({ a: back(400), b: down(9000) }, list))).not.toContain('comes later')
    expect(notes(makePool({ a: back(0), b: {} }, list))).toBe('list Office: A, B')
  })

  it('says why when every hop is left alone, and for how long', () => {
    const { hops, failure } = plan(makePool({ a: down(5000), b: down(3000), c: down(9000) }))
    expect(hops).toEqual([])
    const refused = (waitMs: number) => ({ code: 'hop-unreachable', errno: 'ECONNREFUSED', waitMs })
    expect(failure).toEqual({ ...refused(2000), earlier: [refused(4000), refused(8000)] })
  })

  it('puts one without its password behind those that come back by themselves', () => {
    const locked = { code: 'hop-auth-failed', login: 'unavailable', message: 'PW is not set' } as const
    const health = { state: 'down', at: 0, until: Number.MAX_SAFE_INTEGER, failure: locked } as const
    const { failure, notes } = plan(makePool({ a: { standing: { health } }, b: down(3000) }))
    expect(failure).toMatchObject({ code: 'hop-unreachable', waitMs: 2000, earlier: [locked] })
    expect(describeNotes(notes)).toContain('A left alone: its password is not available')
  })

  it('tells of those in maintenance, too, when the others are left alone', () => {
    const { failure } = plan(makePool({ a: { hop: { maintenance: true } }, b: down(3000) }))
    expect(failure).toMatchObject({
      code: 'hop-unreachable',
      waitMs: 2000,
      earlier: [{ code: 'blocked', bar: { kind: 'hop', hop: 'A', obstacle: { kind: 'maintenance' } } }],
    })
  })

  it('says why when none is down, but none may be used either', () => {
    const { failure } = plan(
      makePool({
        a: { hop: { maintenance: true } },
        b: { hop: { maxConnections: 1 }, standing: { open: 1 } },
      }),
    )
    const barred = (bar: Bar) => ({ code: 'blocked', stage: 'route', bar })
    expect(failure).toEqual({
      ...barred({ kind: 'hop', hop: 'A', obstacle: { kind: 'maintenance' } }),
      earlier: [barred({ kind: 'hop', hop: 'B', obstacle: { kind: 'full', limit: 1 } })],
    })
  })

  it('is prepared beforehand where nothing stands in the way', () => {
    const pool = makePool({ a: {}, b: {} })
    expect(plan(pool)).toBe(pool.plain)
    const { hop } = makeCandidate('a')
    const single = singlePool(hop, makeStanding())
    expect(plan(single)).toBe(single.plain)
  })

  it('remembers for a sticky list which hop was used', () => {
    const pool = makePool({ a: {}, b: {} }, { mode: 'sticky' })
    const [first, second] = plan(pool).hops
    if (second) plan(pool).onUsed?.(second)
    expect(plan(pool).hops).toEqual([second, first])
  })
})

describe('the router', () => {
  const config = makeConfig({
    hops: [makeHop({ id: 'a', name: 'A', port: 1 }), makeHop({ id: 'b', name: 'B', port: 2 })],
    lists: [{ id: 'l', name: 'Office', mode: 'round-robin', hopIds: ['a', 'b'] }],
    rules: [
      makeRule({ id: 'hop', to: 1, listen: 9001, route: { kind: 'hop', hopId: 'b' } }),
      makeRule({ id: 'list', to: 1, listen: 9002, route: { kind: 'list', listId: 'l' } }),
      makeRule({ id: 'direct', to: 1, listen: 9003, route: { kind: 'direct' } }),
      makeRule({ id: 'block', to: 1, listen: 9004, route: { kind: 'block' } }),
    ],
  })
  function makeRouter() {
    const states = new HopStates(() => undefined)
    const router = new Router(states)
    states.apply(config.hops)
    router.apply(config)
    const planOf = (id: string) => {
      const rule = config.rules.find((candidate) => candidate.id === id)
      if (!rule) throw new Error('no rule')
      const made = router.plan(rule, request)
      return made.kind === 'hops' ? made.hops.map((hop) => hop.id).join('') : made.kind
    }
    return { router, states, planOf }
  }

  it('knows every kind of route', () => {
    const { planOf } = makeRouter()
    expect(['hop', 'direct', 'block'].map(planOf)).toEqual(['b', 'direct', 'block'])
  })

  it('takes turns per list, and goes on where it was after a new config', () => {
    const { router, planOf } = makeRouter()
    expect(planOf('list')).toBe('ab')
    router.apply(config)
    expect(planOf('list')).toBe('ba')
    expect(planOf('list')).toBe('ab')
  })

  it('sees at once what becomes of a hop', () => {
    const { states, planOf } = makeRouter()
    states.failOnPurpose('b', 60_000)
    expect(planOf('hop')).toBe('')
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
