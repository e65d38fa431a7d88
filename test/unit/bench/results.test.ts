import { describe, expect, it } from 'vitest'
import { mergeResults } from '../../bench/results.ts'
import { seededRandom, shuffle } from '../../bench/order.ts'
import { sampleResults, sampleSection } from './sample-section.ts'

describe('mergeResults', () => {
  const latency = { ...sampleSection, benchmark: 'latency', title: 'Round trip' } as const
  const newer = { ...sampleSection, at: '2026-05-05T00:00:00.000Z' }

  it('replaces what was measured again and keeps the rest in its place', () => {
    const earlier = { ...sampleResults, sections: [sampleSection, latency] }
    expect(mergeResults(earlier, { ...sampleResults, sections: [newer] }).sections).toEqual([newer, latency])
  })

  it('adds what was not measured before', () => {
    expect(mergeResults(sampleResults, { ...sampleResults, sections: [latency] }).sections).toEqual([
      sampleSection,
      latency,
    ])
  })

  it('never mixes machines', () => {
    const other = { ...sampleResults, machine: { ...sampleResults.machine, cores: 4 }, sections: [latency] }
    expect(mergeResults(sampleResults, other)).toBe(other)
    expect(mergeResults(undefined, other)).toBe(other)
  })
})

describe('shuffle', () => {
  it('gives every one each place, and the same orders in each run', () => {
    const orders = (seed: number) => {
      const random = seededRandom(seed)
      return Array.from({ length: 60 }, () => shuffle(['a', 'b', 'c'], random).join(''))
    }
    expect(new Set(orders(1))).toEqual(new Set(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']))
    expect(orders(1)).toEqual(orders(1))
    expect(shuffle([], Math.random)).toEqual([])
  })
})
