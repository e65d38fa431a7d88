// Walks through JSON text (RFC 8259) and notes where each value starts, which JSON.parse does not tell. Its messages
// never quote the text, as a config may hold passwords.

export type PathKey = string | number

export class JsonMistake extends Error {
  readonly offset: number

  constructor(offset: number, message: string) {
    super(message)
    this.offset = offset
  }
}

/** Far deeper than any config, and far from the end of the stack. */
const deepest = 200

export interface JsonPart {
  readonly path: readonly PathKey[]
  readonly offset: number
}

/**
 * Names that an object has already: JSON.parse forgets what stood there before without a word. Throws `JsonMistake` at the
 * first mistake.
 * @param onValue told where each value starts; of those under one name JSON.parse takes the last
 */
export function scanJson(
  text: string,
  onValue: (path: readonly PathKey[], offset: number) => void = () => undefined,
): readonly JsonPart[] {
  const repeated: JsonPart[] = []
  let at = text.startsWith('\ufeff') ? 1 : 0
  value([])
  skipSpace()
  if (at < text.length) fail('the file goes on behind its end: check the brackets before')
  return repeated

  function fail(message: string): never {
    throw new JsonMistake(at, at >= text.length ? `the file ends too early, where ${message}` : message)
  }

  function skipSpace(): void {
    while (' \t\r\n'.includes(text[at] ?? '!')) at += 1
    if (text.startsWith('//', at) || text.startsWith('/*', at)) fail('JSON has no comments: remove it')
  }

  function value(path: readonly PathKey[]): void {
    skipSpace()
    onValue(path, at)
    if (path.length > deepest) fail('the values are nested too deeply')
    const character = text[at]
    if (character === '{') members(path)
    else if (character === '[') elements(path)
    else if (character === '"') string()
    else scalar()
  }

  function members(path: readonly PathKey[]): void {
    const names = new Set<string>()
    list('}', () => {
      skipSpace()
      if (text[at] !== '"') fail('a name in double quotes is expected')
      const start = at
      string()
      const name = JSON.parse(text.slice(start, at)) as string
      if (names.has(name)) repeated.push({ path: [...path, name], offset: start })
      names.add(name)
      skipSpace()
      if (text[at] !== ':') fail('a colon is expected behind the name')
      at += 1
      value([...path, name])
    })
  }

  function elements(path: readonly PathKey[]): void {
    let index = 0
    list(']', () => {
      value([...path, index])
      index += 1
    })
  }

  function list(end: string, entry: () => void): void {
    at += 1
    skipSpace()
    if (text[at] === end) {
      at += 1
      return
    }
    for (;;) {
      entry()
      skipSpace()
      if (text[at] === end) break
      if (text[at] !== ',') fail(`a comma or "${end}" is expected`)
      at += 1
      skipSpace()
      if (text[at] === end) fail(`there is a comma too much before "${end}"`)
    }
    at += 1
  }

  function string(): void {
    // RFC 8259 section 7: no control characters, and nine escapes.
    const match = /"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/uy
    match.lastIndex = at
    at += match.exec(text)?.[0].length ?? 0
    if (text[at] === '\\') fail('there is no such escape in JSON: write \\\\ for a backslash')
    if (text[at] !== '"') fail('a text is not closed: its last double quote is missing')
    at += 1
  }

  function scalar(): void {
    const match = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y
    match.lastIndex = at
    const found = match.exec(text)
    if (!found) fail(text[at] === "'" ? 'texts need double quotes' : 'a value is expected')
    at += found[0].length
  }
}
