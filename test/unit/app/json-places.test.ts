import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { locateJson } from '../../../main/app/json-places.ts'

describe('locateJson', () => {
  it('finds values by their path', () => {
    const places = locateJson('{\n  "rules": [\n    { "name": "a" },\n    { "name": 7 }\n  ]\n}')
    if (!places.ok) throw new Error(places.message)
    expect(places.placeOf(['rules', 1, 'name'])).toEqual({ line: 4, column: 15 })
    expect(places.placeOf(['rules'])).toEqual({ line: 2, column: 12 })
    expect(places.placeOf([])).toEqual({ line: 1, column: 1 })
  })

  it('gives the innermost value around one that is missing', () => {
    const places = locateJson('{\n  "rules": [{}]\n}')
    if (!places.ok) throw new Error(places.message)
    expect(places.placeOf(['rules', 0, 'listen', 'port'])).toEqual({ line: 2, column: 13 })
  })

  it('does not count a byte order mark', () => {
    const places = locateJson('\ufeff{"a": 1}')
    if (!places.ok) throw new Error(places.message)
    expect(places.placeOf(['a'])).toEqual({ line: 1, column: 7 })
  })

  it.each([
    ['', 1, 1, 'the file ends too early, where a value is expected'],
    ['{', 1, 2, 'the file ends too early, where a name in double quotes is expected'],
    ['{"a" 1}', 1, 6, 'a colon is expected behind the name'],
    ['{"a": 1 "b": 2}', 1, 9, 'a comma or "}" is expected'],
    ['[1,\n 2,\n]', 3, 1, 'there is a comma too much before "]"'],
    ["{'a': 1}", 1, 2, 'a name in double quotes is expected'],
    ['{"a": \'b\'}', 1, 7, 'texts need double quotes'],
    ['{"a": True}', 1, 7, 'a value is expected'],
    ['{"a": 01}', 1, 7, 'a value is expected'],
    ['{} {}', 1, 4, 'the file goes on behind its end: check the brackets before'],
    ['{\n  // port\n}', 2, 3, 'JSON has no comments: remove it'],
    ['"a\nb"', 1, 3, 'a text is not closed: its last double quote is missing'],
    ['"C:\\path"', 1, 4, 'there is no such escape in JSON: write \\\\ for a backslash'],
  ])('tells the mistake in %j', (text, line, column, message) => {
    expect(locateJson(text)).toMatchObject({ ok: false, place: { line, column }, message })
  })

  it('refuses nesting that would exhaust the stack', () => {
    expect(locateJson('['.repeat(100_000))).toMatchObject({
      ok: false,
      message: 'the values are nested too deeply',
    })
  })

  it('agrees with JSON.parse on what is JSON', () => {
    const nearlyJson = fc
      .tuple(
        fc.json({ maxDepth: 4 }),
        fc.nat(),
        fc.constantFrom('', '"', ',', '{', ']', '\\', '-', '.', '\n', '\t', '\u0085', 'e', '0'),
      )
      .map(([text, at, insert]) => {
        const index = at % (text.length + 1)
        return text.slice(0, index) + insert + text.slice(index + (at % 2))
      })
    fc.assert(
      fc.property(fc.oneof(fc.json({ maxDepth: 4 }), nearlyJson), (text) => {
        expect(locateJson(text).ok).toBe(isJson(text))
      }),
      { numRuns: 2000 },
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
