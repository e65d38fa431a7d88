import { blankToLastAt } from '../app/redactor.ts'

/** Where a command writes: results to stdout, errors to stderr; lines for people or, with --json, for programs. */
export interface Console {
  readonly isJson: boolean
  /** Whether a person sees both stdout and stderr, in one terminal. */
  readonly isTerminal: boolean
  /** A result in both forms. */
  result(line: string, data: Readonly<Record<string, unknown>>): void
  /** Words for people, which programs do without. */
  note(line: string): void
  error(message: string): void
  /** A whole line for stderr, as log sinks make them. */
  readonly writeLog: (line: string) => void
}

export interface Streams {
  readonly out: (text: string) => void
  readonly error: (text: string) => void
  readonly areTerminal: boolean
}

export function createConsole({ out, error, areTerminal }: Streams, isJson: boolean): Console {
  return {
    isJson,
    isTerminal: areTerminal && !isJson,
    result: (line, data) => {
      out(`${isJson ? JSON.stringify(data, rounded) : line}\n`)
    },
    note: (line) => {
      if (!isJson) out(`${line}\n`)
    },
    error: (message) => {
      const text = redactLogins(message)
      const entry = { at: new Date().toISOString(), level: 'error', message: text }
      error(`${isJson ? JSON.stringify(entry) : `nexthop: ${text}`}\n`)
    },
    writeLog: error,
  }
}

/** Clocks tell fractions of a millisecond that nobody needs; what is short may have three decimals. */
function rounded(key: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isInteger(value)) return value
  return wholeMs.has(key) ? Math.round(value) : Math.round(value * 1000) / 1000
}

const wholeMs: ReadonlySet<string> = new Set(['at', 'openedAt', 'closedAt', 'waitMs', 'afterMs'])

/** How messages show where a login goes; there is none in it. */
const placeholder = '[user[:password]@]'

/** Messages about arguments repeat them, and any of them may be a URL, or half of one, that holds a login. */
export function redactLogins(text: string): string {
  return text
    .split(placeholder)
    .map((part) => blankToLastAt(part, startOfLogin))
    .join(placeholder)
}

/** From what is before the first colon, which is a user. */
function startOfLogin(word: string): number | undefined {
  const colon = word.indexOf(':')
  if (colon < 0 || colon > word.lastIndexOf('@')) return undefined
  return Math.max(...['"', "'", '/', '@'].map((mark) => word.slice(0, colon).lastIndexOf(mark))) + 1
}
