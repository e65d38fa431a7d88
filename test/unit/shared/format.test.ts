import { describe, expect, it } from 'vitest'
import { formatBytes, formatDuration, formatRate } from '../../../shared/format.ts'

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [1, '1 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [12_345, '12.3 kB'],
    [999_949, '999.9 kB'],
    [999_950, '1.0 MB'],
    [1_000_000_000, '1.0 GB'],
    [1_073_741_824, '1.1 GB'],
    [2_500_000_000_000, '2.5 TB'],
    [Number.MAX_SAFE_INTEGER, '9.0 PB'],
    [5e18, '5000.0 PB'],
  ])('%d is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })

  it('rounds rates to whole bytes', () => {
    expect(formatRate(0)).toBe('0 B/s')
    expect(formatRate(12.6)).toBe('13 B/s')
    expect(formatRate(1_234_567.8)).toBe('1.2 MB/s')
  })
})

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [0.04, '0 ms'],
    [0.42, '0.4 ms'],
    [3, '3 ms'],
    [9.96, '10 ms'],
    [12.4, '12 ms'],
    [999, '999 ms'],
    [999.6, '1 s'],
    [1500, '1.5 s'],
    [10_000, '10 s'],
    [59_949, '59.9 s'],
    [59_950, '1 min'],
    [60_000, '1 min'],
    [125_000, '2 min 5 s'],
    [3_599_400, '59 min 59 s'],
    [3_599_600, '1 h'],
    [12_000_000, '3 h 20 min'],
    [86_369_000, '23 h 59 min'],
    [86_380_000, '1 d'],
    [86_400_000, '1 d'],
    [187_200_000, '2 d 4 h'],
    [604_800_000, '7 d'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })
})
