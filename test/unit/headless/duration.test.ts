import { describe, expect, it } from 'vitest'
import { parseDuration } from '../../../main/headless/duration.ts'

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
