import { describe, expect, it } from 'vitest'
import { editDistance, nearMiss } from '../../../main/headless/near-miss.ts'

describe('nearMiss', () => {
  const commands = ['forward', 'serve', 'check', 'validate', 'demo']

  it.each([
    ['forwrd', 'forward'],
    ['foward', 'forward'],
    ['froward', 'forward'],
    ['chekc', 'check'],
    ['sreve', 'serve'],
    ['valid', 'validate'],
    ['dem', 'demo'],
  ])('takes %s for %s', (text, meant) => {
    expect(nearMiss(text, commands)).toBe(meant)
  })

  it.each(['', 'x', 'listen', 'socks5://a:b@c'])('takes "%s" for nothing', (text) => {
    expect(nearMiss(text, commands)).toBeUndefined()
  })
})

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['abc', '', 3],
    ['abc', 'acb', 1],
    ['abc', 'xbc', 1],
    ['abc', 'abcd', 1],
    ['kitten', 'sitting', 3],
  ])('of "%s" and "%s" is %d', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance)
    expect(editDistance(b, a)).toBe(distance)
  })
})
