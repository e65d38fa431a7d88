import { describe, expect, it } from 'vitest'
import { failover } from '../../../../main/engine/routing/modes/failover.ts'
import { leastConnections } from '../../../../main/engine/routing/modes/least-connections.ts'
import { lowestLatency } from '../../../../main/engine/routing/modes/lowest-latency.ts'
import type { Mode } from '../../../../main/engine/routing/modes/mode.ts'
import { random } from '../../../../main/engine/routing/modes/random.ts'
import { roundRobin } from '../../../../main/engine/routing/modes/round-robin.ts'
import { idsOf, makeCandidate, makeModeInput, type CandidateFields } from '../../../support/candidates.ts'

type Case = readonly [name: string, hops: Record<string, CandidateFields>, expected: string]

function order(mode: Mode, hops: Record<string, CandidateFields>): string {
  const candidates = Object.entries(hops).map(([id, fields]) => makeCandidate(id, fields))
  return idsOf(mode(candidates, makeModeInput()))
}

const up = { state: 'up', at: 0 } as const

describe('failover', () => {
  it.each<Case>([
    ['keeps the order of the list', { a: {}, b: {}, c: {} }, 'abc'],
    [
      'puts one that has just come back behind',
      { a: { standing: { health: up, recoveredAt: 95_000 } }, b: {} },
      'ba',
    ],
    [
      'returns to one that has been healthy for a while',
      { a: { standing: { health: up, recoveredAt: 90_000 } }, b: {} },
      'ab',
    ],
    [
      'tries one whose wait is over first, to learn whether it is back',
      {
        a: { standing: { health: { state: 'down', at: 0, until: 99_999, failure: { code: 'timeout' } } } },
        b: {},
      },
      'ab',
    ],
    ['does not mind one that never was down', { a: { standing: { health: up } }, b: {} }, 'ab'],
    [
      'keeps the order among several that came back',
      {
        a: { standing: { health: up, recoveredAt: 99_000 } },
        b: { standing: { health: up, recoveredAt: 95_000 } },
        c: {},
      },
      'cab',
    ],
  ])('%s', (_name, hops, expected) => {
    expect(order(failover, hops)).toBe(expected)
  })
})

describe('least connections', () => {
  it.each<Case>([
    ['takes the one with the fewest', { a: { standing: { open: 3 } }, b: { standing: { open: 1 } } }, 'ba'],
    ['takes the first of equal ones', { a: {}, b: {}, c: {} }, 'abc'],
    ['counts by weight', { a: { standing: { open: 3 }, weight: 4 }, b: { standing: { open: 1 } } }, 'ab'],
  ])('%s', (_name, hops, expected) => {
    expect(order(leastConnections, hops)).toBe(expected)
  })
})

describe('lowest latency', () => {
  const measured = (latencyMs: number, measuredAt = 90_000) => ({ standing: { latencyMs, measuredAt } })
  it.each<Case>([
    ['takes the quickest', { a: measured(30), b: measured(5), c: measured(10) }, 'bca'],
    ['first measures one that it knows nothing of', { a: measured(5), b: {} }, 'ba'],
    ['measures anew after a minute', { a: measured(5), b: measured(50, 39_999) }, 'ba'],
  ])('%s', (_name, hops, expected) => {
    expect(order(lowestLatency, hops)).toBe(expected)
  })
})

describe('round robin', () => {
  function firsts(weights: Record<string, number>, count: number, without = ''): string {
    const input = makeModeInput()
    const candidates = Object.entries(weights).map(([id, weight]) => makeCandidate(id, { weight }))
    const usable = candidates.filter(({ hop }) => hop.id !== without)
    return Array.from({ length: count }, () => idsOf(roundRobin(usable, input))[0]).join('')
  }
  it.each([
    ['takes each in turn', { a: 1, b: 1, c: 1 }, 6, '', 'abcabc'],
    ['takes a heavy one more often, its turns spread out', { a: 3, b: 1, c: 1 }, 10, '', 'abacaabaca'],
    ['gives the share of a lost one to all others', { a: 1, b: 1, c: 1 }, 4, 'b', 'acac'],
  ])('%s', (_name, weights, count, without, expected) => {
    expect(firsts(weights, count, without)).toBe(expected)
  })

  it('goes on to the next ones of the list where the first fails', () => {
    const candidates = ['a', 'b', 'c'].map((id) => makeCandidate(id))
    const input = makeModeInput()
    const orders = [1, 2, 3].map(() => idsOf(roundRobin(candidates, input)))
    expect(orders).toEqual(['abc', 'bca', 'cab'])
  })
})

describe('random', () => {
  it('gives each its share by weight, and names every hop once', () => {
    const candidates = [makeCandidate('a', { weight: 3 }), makeCandidate('b'), makeCandidate('c')]
    // A fixed sequence (LCG of Numerical Recipes), so that the test can't fail by chance.
    let seed = 1
    const next = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32
    const counts = { a: 0, b: 0, c: 0 }
    for (let draw = 0; draw < 5000; draw += 1) {
      const ids = idsOf(random(candidates, makeModeInput({ random: next })))
      expect([...ids].sort().join('')).toBe('abc')
      counts[ids[0] as keyof typeof counts] += 1
    }
    expect(counts.a / 5000).toBeCloseTo(0.6, 1)
    expect(counts.b / 5000).toBeCloseTo(0.2, 1)
  })
})
