import { describe, expect, it } from 'vitest'
import { stickyKey } from '../../../../main/engine/routing/pool.ts'
import { StickyTable } from '../../../../main/engine/routing/modes/sticky-table.ts'
import { sticky } from '../../../../main/engine/routing/modes/sticky.ts'
import type { NextHopList } from '../../../../shared/model/next-hop-list.ts'
import { idsOf, makeCandidate, makeModeInput } from '../../../support/candidates.ts'

const candidates = ['a', 'b', 'c', 'd'].map((id) => makeCandidate(id))
const keys = Array.from({ length: 4000 }, (_, index) => `10.0.${index >> 8}.${index & 255}`)

function firstOf(key: string, among = candidates): string {
  return idsOf(sticky(among, makeModeInput({ key }))).slice(0, 1)
}

describe('what a sticky list goes by', () => {
  const target = { host: 'db.internal', port: 5432 }

  it.each([
    ['client', '192.0.2.7:50000', '192.0.2.7'],
    ['client', '[2001:db8::1]:50000', '[2001:db8::1]'],
    ['client', 'unix', 'unix'],
    ['destination', '192.0.2.7:50000', 'db.internal:5432'],
  ] as const)('%s of %s is %s', (stickyBy, client, key) => {
    const list = { stickyBy } as NextHopList
    expect(stickyKey(list, { client, target })).toBe(key)
  })
})

describe('sticky', () => {
  it('leads the same key to the same hop, and names every hop once', () => {
    const orders = [1, 2].map(() => idsOf(sticky(candidates, makeModeInput())))
    expect(orders[0]).toBe(orders[1])
    expect([...(orders[0] ?? '')].sort().join('')).toBe('abcd')
  })

  it('spreads keys over all hops', () => {
    for (const id of ['a', 'b', 'c', 'd']) {
      const share = keys.filter((key) => firstOf(key) === id).length / keys.length
      expect(share).toBeCloseTo(0.25, 1)
    }
  })

  it('gives a heavy hop more keys', () => {
    const weighted = [makeCandidate('a', { weight: 3 }), makeCandidate('b')]
    const share = keys.filter((key) => firstOf(key, weighted) === 'a').length / keys.length
    expect(share).toBeCloseTo(0.75, 1)
  })

  it('moves only the keys of a lost hop', () => {
    const without = candidates.filter(({ hop }) => hop.id !== 'b')
    const moved = keys.filter((key) => firstOf(key) !== firstOf(key, without))
    expect(moved.length).toBeGreaterThan(0)
    expect(moved.every((key) => firstOf(key) === 'b')).toBe(true)
  })

  it.each([
    ['stays where it was moved to while it comes often enough', 59_999, true],
    ['goes back to its own hop after the time limit', 60_000, false],
  ])('%s', (_name, laterMs, stays) => {
    const key = keys.find((candidate) => firstOf(candidate) !== 'a') ?? ''
    const input = makeModeInput({ key })
    input.memory.sticky.set(key, 'a', input.now)
    const later = { ...input, now: input.now + laterMs }
    expect(idsOf(sticky(candidates, later)).startsWith('a')).toBe(stays)
  })

  it('remembers a bounded number of keys, the latest ones', () => {
    const table = new StickyTable()
    for (let index = 0; index <= 10_000; index += 1) table.set(String(index), 'a', 0)
    expect(table.get('0', 0, 1)).toBeUndefined()
    expect(table.get('1', 0, 1)).toBe('a')
    expect(table.get('10000', 0, 1)).toBe('a')
  })
})
