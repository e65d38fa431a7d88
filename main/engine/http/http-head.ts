import { done, more, wrong, type Reading } from '../identify/reading.ts'

// Heads of HTTP/1 requests and responses, RFC 9112 sections 2 to 5. Strict where two readers could understand a head
// differently (request smuggling, section 11.2): no folded lines, no space before a colon.

/** A header field; the value without the spaces around it. Both are latin1, as they were sent. */
export type Header = readonly [name: string, value: string]

export interface RequestHead {
  readonly method: string
  readonly target: string
  readonly version: '1.0' | '1.1'
  readonly headers: readonly Header[]
}

export interface ResponseHead {
  readonly status: number
  readonly reason: string
  readonly version: '1.0' | '1.1'
  readonly headers: readonly Header[]
}

export const maxHeadBytes = 64 * 1024

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const requestLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) ([\x21-\x7e\x80-\xff]+) HTTP\/(1\.[01])$/
const statusLine = /^HTTP\/(1\.[01]) (\d{3})(?: ([\t\x20-\x7e\x80-\xff]*))?$/

/** Reads a request's head, with the empty line at its end. */
export function readRequestHead(bytes: Buffer): Reading<RequestHead> {
  const head = readLines(bytes)
  if (head.kind !== 'done') return head
  const [first = '', ...rest] = head.value
  const [, method = '', target = '', version] = requestLine.exec(first) ?? []
  if (version === undefined) return wrong('http-no-request')
  const headers = parseHeaders(rest)
  if (!headers) return wrong('http-header-invalid')
  return done({ method, target, version: version as RequestHead['version'], headers }, head.length)
}

/** Reads a response's head, with the empty line at its end. */
export function readResponseHead(bytes: Buffer): Reading<ResponseHead> {
  const head = readLines(bytes)
  if (head.kind !== 'done') return head
  const [first = '', ...rest] = head.value
  const [, version, status, reason = ''] = statusLine.exec(first) ?? []
  if (version === undefined) return wrong('http-no-response')
  const headers = parseHeaders(rest)
  if (!headers) return wrong('http-header-invalid')
  const value = { status: Number(status), reason, version: version as ResponseHead['version'], headers }
  return done(value, head.length)
}

/** The lines of a head. Empty lines before it are skipped, and LF alone ends a line, too (section 2.2). */
function readLines(bytes: Buffer): Reading<string[]> {
  const lines: string[] = []
  for (let at = 0; ;) {
    const end = bytes.indexOf(0x0a, at)
    if (end < 0 || end >= maxHeadBytes) {
      return bytes.length >= maxHeadBytes ? wrong('http-head-too-long', maxHeadBytes) : more
    }
    const isCrlf = end > at && bytes[end - 1] === 0x0d
    const line = bytes.toString('latin1', at, isCrlf ? end - 1 : end)
    at = end + 1
    if (line !== '') lines.push(line)
    else if (lines.length > 0) return done(lines, at)
  }
}

function parseHeaders(lines: readonly string[]): Header[] | undefined {
  const headers: Header[] = []
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(colon, 0))
    const value = line.slice(colon + 1).replace(/^[\t ]+|[\t ]+$/g, '')
    // eslint-disable-next-line no-control-regex
    if (!token.test(name) || /[\x00\r]/.test(value)) return undefined
    headers.push([name, value])
  }
  return headers
}

/** All values of a header field. */
export function headerValues(headers: readonly Header[], name: string): string[] {
  return headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value)
}

/** The members of a header field that is a list, in lower case. */
export function headerList(headers: readonly Header[], name: string): string[] {
  return headerValues(headers, name)
    .flatMap((value) => value.split(','))
    .map((member) => member.trim().toLowerCase())
    .filter(Boolean)
}
