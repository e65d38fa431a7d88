import { headerList, headerValues, type Header, type RequestHead, type ResponseHead } from './http-head.ts'

// Where the body of an HTTP/1 message ends, RFC 9112 section 6.3. Bodies are passed on as they are; only their length
// matters, since what follows is the next message.

export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  /** Up to the end of the connection; responses only. */
  | { readonly kind: 'until-close' }

const none = { kind: 'none' } as const

/** Undefined where two readers could see different ends: such a request must not be passed on. */
export function requestFraming({ headers, version }: RequestHead): Framing | undefined {
  const encodings = headerList(headers, 'transfer-encoding')
  const lengths = lengthsOf(headers)
  if (encodings.length > 0) {
    const isPlain = encodings.length === 1 && encodings[0] === 'chunked' && version === '1.1'
    return isPlain && lengths.length === 0 ? { kind: 'chunked' } : undefined
  }
  return lengths.length === 0 ? none : lengthFraming(lengths)
}

/** @param method of the request that is answered */
export function responseFraming({ headers, status }: ResponseHead, method: string): Framing | undefined {
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return none
  const encodings = headerList(headers, 'transfer-encoding')
  if (encodings.at(-1) === 'chunked') return { kind: 'chunked' }
  if (encodings.length > 0) return { kind: 'until-close' }
  const lengths = lengthsOf(headers)
  return lengths.length === 0 ? { kind: 'until-close' } : lengthFraming(lengths)
}

/** Content-Length may be repeated, if it is the same (RFC 9110 section 8.6). */
function lengthsOf(headers: readonly Header[]): string[] {
  const values = headerValues(headers, 'content-length').flatMap((value) => value.split(','))
  return [...new Set(values.map((value) => value.trim()))]
}

function lengthFraming([length = '', second]: readonly string[]): Framing | undefined {
  if (second !== undefined || !/^\d{1,15}$/.test(length)) return undefined
  return { kind: 'length', bytes: Number(length) }
}

/** Size lines carry extensions, trailers fields; neither is long in practice. */
const maxLineBytes = 16 * 1024

type ChunkState = 'size' | 'data' | 'data-end' | 'trailer'

/** Counts off a body. Rejects nothing that a strict reader would accept, and throws at chunks that are not valid. */
export class BodyMeter {
  isDone: boolean
  readonly #framing: Framing
  #left = 0
  #state: ChunkState = 'size'
  #line = ''

  constructor(framing: Framing) {
    this.#framing = framing
    if (framing.kind === 'length') this.#left = framing.bytes
    this.isDone = framing.kind === 'none' || (framing.kind === 'length' && framing.bytes === 0)
  }

  /** How many of these bytes, from the first, belong to the body. */
  take(bytes: Buffer): number {
    if (this.isDone) return 0
    if (this.#framing.kind === 'until-close') return bytes.length
    if (this.#framing.kind === 'length') return this.#takeData(bytes.length)
    let at = 0
    while (at < bytes.length && !this.isDone) {
      at += this.#state === 'data' ? this.#takeData(bytes.length - at) : this.#takeLine(bytes.subarray(at))
    }
    return at
  }

  #takeData(available: number): number {
    const taken = Math.min(available, this.#left)
    this.#left -= taken
    if (this.#left === 0) {
      if (this.#framing.kind === 'length') this.isDone = true
      else this.#state = 'data-end'
    }
    return taken
  }

  #takeLine(bytes: Buffer): number {
    const end = bytes.indexOf(0x0a)
    const taken = end < 0 ? bytes.length : end + 1
    this.#line += bytes.toString('latin1', 0, taken)
    if (this.#line.length > maxLineBytes) throw new BodyError('a line between chunks is too long')
    if (end >= 0) {
      const line = this.#line.replace(/\r?\n$/, '')
      this.#line = ''
      this.#onLine(line)
    }
    return taken
  }

  #onLine(line: string): void {
    if (this.#state === 'data-end') {
      if (line !== '') throw new BodyError('a chunk is longer than it says')
      this.#state = 'size'
    } else if (this.#state === 'trailer') {
      if (line === '') this.isDone = true
    } else {
      const size = /^([0-9A-Fa-f]{1,12})[\t ]*(;.*)?$/.exec(line)?.[1]
      if (size === undefined) throw new BodyError('a chunk has no valid size')
      this.#left = parseInt(size, 16)
      this.#state = this.#left === 0 ? 'trailer' : 'data'
    }
  }
}

/** A body that is not valid; `message` is the end of a sentence. */
export class BodyError extends Error {}
