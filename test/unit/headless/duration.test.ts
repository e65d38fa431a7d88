import { describe, expect, it } from 'vitest'
import { inTimes, parseDuration } from '../../../main/headless/duration.ts'

describe('parseDuration', () => {
  it.each([
    ['0', 0],
    ['10', 10_000],
    ['500ms', 500],
    ['10s', 10_000],
    ['1.5s', 1500],
    ['1.5min', 90_000],
    ['2h', 7_200_000],
    [' 3 s ', 3000],
  ])('reads "%s" as %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })

  it.each(['', 's', '-1', '1m', '1d', '1e3', '1s2', 'ten', '.5s'])('refuses "%s"', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })
})

describe('inTimes', () => {
  it.each([
    ['1000 to 86400000', '1s to 24h'],
    ['100 to 300000', '100ms to 5min'],
    ['0 to 1500', '0s to 1500ms'],
  ])('tells the bounds %s as options take them', (bounds, expected) => {
    expect(inTimes(`Some time must be a whole number from ${bounds} ms`)).toBe(
      `Some time must be a time from ${expected}`,
    )
  })

  it('leaves other messages alone', () => {
    const message = 'Retries must be a whole number from 0 to 10'
    expect(inTimes(message)).toBe(message)
  })
})
