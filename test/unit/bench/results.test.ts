import { describe, expect, it } from 'vitest'
import { mergeResults } from '../../bench/results.ts'
import { rotate } from '../../bench/run-benchmark.ts'
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

describe('rotate', () => {
  it('lets another one begin in every round', () => {
    expect([0, 1, 2, 3].map((round) => rotate(['a', 'b', 'c'], round).join(''))).toEqual([
      'abc',
      'bca',
      'cab',
      'abc',
    ])
    expect(rotate([], 2)).toEqual([])
  })
})
