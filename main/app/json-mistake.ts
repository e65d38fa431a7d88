// Where a text stops being JSON (RFC 8259). JSON.parse knows, but its messages differ between versions, mostly leave
// out the place, and quote the text around it, which may hold a password.

const space = /[ \t\n\r]*/y
const token =
  // eslint-disable-next-line no-control-regex
  /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/y

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'nothing'

/** Line and column, both from 1, of the first character that can't be there; undefined where it is JSON. */
export function findJsonMistake(
  text: string,
): { readonly line: number; readonly column: number } | undefined {
  const open: ('{' | '[')[] = []
  let expected: Expected = 'value'
  let index = skipSpace(text, 0)
  while (index < text.length) {
    token.lastIndex = index
    const found = token.exec(text)?.[0]
    const next: Expected | undefined = found === undefined ? undefined : step(found, expected, open)
    if (found === undefined || next === undefined) return placeOf(text, index)
    expected = next
    index = skipSpace(text, index + found.length)
  }
  return expected === 'nothing' ? undefined : placeOf(text, index)
}

/** What may follow a token; undefined where the token itself may not be there. */
function step(found: string, expected: Expected, open: ('{' | '[')[]): Expected | undefined {
  const afterValue = () => (open.length === 0 ? 'nothing' : ', or end')
  const inner = open.at(-1)
  switch (found) {
    case '{':
    case '[':
      if (!expected.startsWith('value')) return undefined
      open.push(found)
      return found === '{' ? 'key or }' : 'value or ]'
    case '}':
    case ']': {
      const mayEnd = expected === ', or end' || expected === (found === '}' ? 'key or }' : 'value or ]')
      if (!mayEnd || inner !== (found === '}' ? '{' : '[')) return undefined
      open.pop()
      return afterValue()
    }
    case ',':
      if (expected !== ', or end') return undefined
      return inner === '{' ? 'key' : 'value'
    case ':':
      return expected === ':' ? 'value' : undefined
    default:
      if (expected.startsWith('key')) return found.startsWith('"') ? ':' : undefined
      return expected.startsWith('value') ? afterValue() : undefined
  }
}

function skipSpace(text: string, index: number): number {
  space.lastIndex = index
  return index + (space.exec(text)?.[0].length ?? 0)
}

function placeOf(text: string, index: number) {
  const lines = text.slice(0, index).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}
