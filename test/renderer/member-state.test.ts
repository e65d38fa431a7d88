import { describe, expect, it } from 'vitest'
import { healthWords, isFailedOnPurpose } from '../../renderer/views/hops/health-text.ts'
import { membersOf } from '../../renderer/views/lists/member-state.ts'
import { namesLookedUpHere } from '../../renderer/views/rules/chain.ts'
import { de } from '../../renderer/texts/de.ts'
import { en } from '../../renderer/texts/en.ts'
import { laterTexts } from '../../renderer/texts/later.ts'
import type { HopRuntime } from '../../shared/runtime.ts'
import { FakeClient } from './fake-client.ts'

const now = 1_000_000
const failure = { code: 'hop-unreachable' } as const
const up = { state: 'up', at: now } as const
const unknown = { state: 'unknown' } as const
const down = { state: 'down', at: now, retryAt: now + 5000, failure } as const
const locked = {
  ...down,
  retryAt: Number.MAX_SAFE_INTEGER,
  failure: { code: 'hop-auth-failed', login: 'unavailable', message: 'PW is not set' },
} as const

interface Case {
  readonly list?: object
  readonly hops?: Readonly<Record<string, object>>
  readonly runtime?: readonly HopRuntime[]
}

function states({ list, hops = {}, runtime = [] }: Case): Record<string, string> {
  const client = new FakeClient({
    version: 1,
    hops: ['a', 'b', 'c'].map((id) => ({ id, name: id, host: 'x', port: 1, version: '5', ...hops[id] })),
    lists: [{ id: 'l', name: 'L', hopIds: ['a', 'b', 'c'], ...list }],
  })
  for (const hop of runtime) client.hops.set(hop.hopId, hop)
  const snapshot = client.snapshot()
  const [only] = snapshot.config.lists
  if (!only) throw new Error('no list')
  return Object.fromEntries(membersOf(only, snapshot, now).map(({ hop, state }) => [hop.id, state.kind]))
}

describe('what the next hops of a list do now', () => {
  it.each<[string, Case, Record<string, string>]>([
    ['failover, before anything came', {}, { a: 'next', b: 'ready', c: 'ready' }],
    [
      'those with connections, and the first one without',
      { runtime: [{ hopId: 'b', health: up, open: 2 }] },
      { a: 'next', b: 'used', c: 'ready' },
    ],
    [
      'one that is down: the next one carries',
      { runtime: [{ hopId: 'a', health: down }] },
      { a: 'down', b: 'next', c: 'ready' },
    ],
    [
      'one that may be tried again',
      { list: { mode: 'random' }, runtime: [{ hopId: 'a', health: { ...down, retryAt: now } }] },
      { a: 'due', b: 'ready', c: 'ready' },
    ],
    [
      'one whose health check must succeed first',
      { runtime: [{ hopId: 'a', health: { ...down, retryAt: now, untilChecked: true } }] },
      { a: 'untilChecked', b: 'next', c: 'ready' },
    ],
    [
      'one whose password is not there',
      { runtime: [{ hopId: 'a', health: locked }] },
      { a: 'noPassword', b: 'next', c: 'ready' },
    ],
    [
      'one that has not been back for long enough',
      { runtime: [{ hopId: 'a', health: up, recoveredAt: now - 9999 }] },
      { a: 'ready', b: 'next', c: 'ready' },
    ],
    [
      'one that has',
      { runtime: [{ hopId: 'a', health: up, recoveredAt: now - 10_000 }] },
      { a: 'next', b: 'ready', c: 'ready' },
    ],
    [
      'maintenance and a limit',
      {
        hops: { a: { maintenance: true }, b: { maxConnections: 2 } },
        runtime: [{ hopId: 'b', health: up, open: 2 }],
      },
      { a: 'maintenance', b: 'full', c: 'next' },
    ],
    [
      'a backup that is not needed',
      { list: { backupHopIds: ['a'] } },
      { b: 'next', c: 'ready', a: 'backup' },
    ],
    [
      'a backup that is',
      { list: { backupHopIds: ['a'], hopIds: ['a', 'b'] }, runtime: [{ hopId: 'b', health: down }] },
      { a: 'next', b: 'down' },
    ],
    [
      'in turn: all of them',
      { list: { mode: 'round-robin' }, runtime: [{ hopId: 'a', health: unknown }] },
      { a: 'ready', b: 'ready', c: 'ready' },
    ],
  ])('%s', (_, given, expected) => {
    expect(states(given)).toEqual(expected)
  })
})

describe('the health of a next hop in words', () => {
  const client = new FakeClient({
    version: 1,
    hops: [{ id: 'a', name: 'A', host: 'x', port: 1, version: '5' }],
  })
  const [hop] = client.snapshot().config.hops
  if (!hop) throw new Error('no hop')

  it('tells a failure from one that was wanted, and how long it lasts', () => {
    expect(healthWords(en, hop, down, now)).toMatchObject({ tone: 'bad', detail: 'Left alone for 5 s' })
    const wanted = { ...down, failure: { ...failure, onPurpose: true } } as const
    expect(healthWords(en, hop, wanted, now)).toMatchObject({ tone: 'busy', brief: 'Taken out on purpose' })
    expect(healthWords(de, hop, wanted, now + 4001).detail).toBe('Noch 1 s in Ruhe gelassen')
    expect(isFailedOnPurpose(wanted, now)).toBe(true)
    expect(isFailedOnPurpose(wanted, now + 5000)).toBe(false)
    expect(isFailedOnPurpose(down, now)).toBe(false)
    expect(healthWords(en, hop, down, now + 5000).detail).toBe('Tried again by the next connection')
    const checked = { ...down, untilChecked: true } as const
    expect(healthWords(en, hop, checked, now + 5000).detail).toBe('Left alone until a check succeeds')
  })

  it('says why it can not log in, and promises no time', () => {
    expect(healthWords(en, hop, locked, now)).toEqual({
      tone: 'bad',
      brief: 'Password not available',
      whole: 'The password of the next hop is not available: PW is not set',
      detail: '',
    })
  })

  it('says that it is in maintenance, whatever else is known', () => {
    expect(healthWords(en, { ...hop, maintenance: true }, up, now).brief).toBe('In maintenance')
  })
})

describe('a chain', () => {
  it('tells which names are looked up on this machine', () => {
    const { hops } = new FakeClient({
      version: 1,
      hops: [
        { id: 'a', name: 'A', host: '10.0.0.1', port: 1, version: '4' },
        { id: 'b', name: 'B', host: 'b.internal', port: 1, version: '5' },
        { id: 'c', name: 'C', host: '10.0.0.3', port: 1, version: '5', resolveAt: 'here' },
      ],
    }).snapshot().config
    const told = (host: string) => namesLookedUpHere(hops, host).map(({ hop, host: name }) => [hop.id, name])
    expect(told('web.internal')).toEqual([
      ['a', 'b.internal'],
      ['c', 'web.internal'],
    ])
    expect(told('10.1.1.1')).toEqual([['a', 'b.internal']])
    expect(told('')).toEqual([['a', 'b.internal']])
  })
})

it('has the same later texts in every language', () => {
  const keys = (value: object): string[] =>
    Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
      typeof inner === 'object' && inner !== null ? keys(inner).map((rest) => `${key}.${rest}`) : [key],
    )
  expect(keys(laterTexts.de).sort()).toEqual(keys(laterTexts.en).sort())
})
