import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findJsonMistake } from '../../../main/app/json-mistake.ts'

describe('findJsonMistake', () => {
  it.each([
    ['', 1, 1],
    ['{"a": 1,}', 1, 9],
    ['[1,\n 2,\n]', 3, 1],
    ['{"a" 1}', 1, 6],
    ['{"a": 1 "b": 2}', 1, 9],
    ["{'a': 1}", 1, 2],
    ['{a: 1}', 1, 2],
    ['{"a": 01}', 1, 8],
    ['{"a": tru}', 1, 7],
    ['{"a": "x\ny"}', 1, 7],
    ['{"a": [1}', 1, 9],
    ['{} {}', 1, 4],
    ['// note\n{}', 1, 1],
    ['{"a": NaN}', 1, 7],
  ])('%j', (text, line, column) => {
    expect(() => {
      JSON.parse(text)
    }).toThrow()
    expect(findJsonMistake(text)).toEqual({ line, column })
  })

  it('finds none in what is JSON', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2, '\t'), (text, indent) => {
        expect(findJsonMistake(JSON.stringify(JSON.parse(text), undefined, indent))).toBeUndefined()
      }),
    )
  })

  it('agrees with JSON.parse on texts that lost or won a character', () => {
    const change = fc.record({
      at: fc.nat(),
      put: fc.constantFrom('', ',', '"', '}', ']', ':', '1', ' ', '\\'),
    })
    fc.assert(
      fc.property(fc.json(), change, (text, { at, put }) => {
        const index = at % (text.length + 1)
        const changed = text.slice(0, index) + put + text.slice(index + (put === '' ? 1 : 0))
        expect(findJsonMistake(changed) === undefined, changed).toBe(isJson(changed))
      }),
      { numRuns: 1000 },
    )
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
