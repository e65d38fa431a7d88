import { formatEndpoint, type Endpoint } from '../../../shared/model/address.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { StageNote } from '../../../shared/stage-note.ts'
import type { Dialogue, Heard, PartialFailure } from './converse.ts'
import { refusedLogin } from './login.ts'
import { foreignOffers } from './proxy-challenges.ts'
import { recognise } from './recognise.ts'

/** No proxy's answer to CONNECT is longer; what is, is something else. */
const mostHeadBytes = 32 * 1024
const headEnd = '\r\n\r\n'
const waiting: Heard = { kind: 'waiting' }

/** Asks an HTTP proxy for a connection (RFC 9110 section 9.3.6). */
export class HttpDialogue implements Dialogue {
  readonly stage = 'request'
  readonly #hop: NextHop
  readonly #target: Endpoint
  readonly #onAnswer: (note: StageNote) => void
  #seen: Buffer = Buffer.alloc(0)
  /** Where in that the answer begins, behind all interim ones. */
  #start = 0

  /** @param onAnswer told what the proxy's answer was */
  constructor(hop: NextHop, target: Endpoint, onAnswer: (note: StageNote) => void = () => undefined) {
    this.#hop = hop
    this.#target = target
    this.#onAnswer = onAnswer
  }

  begin(say: (text: string) => void): void {
    say(connectRequest(this.#hop, this.#target))
  }

  read(chunk: Buffer): Heard {
    const seen = this.#seen.length === 0 ? chunk : Buffer.concat([this.#seen, chunk])
    this.#seen = seen
    return this.#readAnswer(seen)
  }

  #readAnswer(seen: Buffer): Heard {
    const start = seen.subarray(this.#start)
    const looksLike = recognise(start, 'http')
    if (looksLike !== 'http') return fail({ code: 'hop-not-socks', looksLike })
    const end = seen.indexOf(headEnd, this.#start)
    if (end < 0) return seen.length > mostHeadBytes ? fail(notProxy) : waiting
    const head = seen.toString('latin1', this.#start, end)
    const status = statusOf(head)
    if (status === undefined) return fail(notProxy)
    if (isInterim(status)) {
      this.#start = end + headEnd.length
      return this.#readAnswer(seen)
    }
    const failure = failureOf(status, head, this.#hop)
    if (failure) return fail(failure)
    this.#onAnswer({ code: 'hop-said', answer: 'granted', status: String(status) })
    return { kind: 'granted', rest: seen.subarray(end + headEnd.length) }
  }

  ended(): PartialFailure {
    return this.#seen.length === 0
      ? { code: 'hop-not-socks', looksLike: 'silence' }
      : { code: 'hop-unreachable', errno: 'EOF' }
  }
}

const notProxy: PartialFailure = { code: 'hop-not-socks', looksLike: 'http' }

function fail(failure: PartialFailure): Heard {
  return { kind: 'failed', failure }
}

/** RFC 9110 section 9.3.6, with a login as in RFC 7617. */
function connectRequest({ user, password = '' }: NextHop, target: Endpoint): string {
  const address = formatEndpoint(target)
  const login = user === undefined ? '' : Buffer.from(`${user}:${password}`).toString('base64')
  return (
    `CONNECT ${address} HTTP/1.1\r\nHost: ${address}\r\n` +
    (login === '' ? '' : `Proxy-Authorization: Basic ${login}\r\n`) +
    '\r\n'
  )
}

function statusOf(head: string): number | undefined {
  const match = /^HTTP\/1\.[01] (\d{3})(?: |\r|$)/.exec(head)
  return match ? Number(match[1]) : undefined
}

/** RFC 9110 section 15.2. After 101 the other side speaks something else, for which it was not asked. */
function isInterim(status: number): boolean {
  return status >= 100 && status < 200 && status !== 101
}

/** What an answer says of hop and destination; undefined for those that grant. */
function failureOf(
  status: number,
  head: string,
  hop: Pick<NextHop, 'user' | 'password'>,
): PartialFailure | undefined {
  if (status >= 200 && status < 300) return undefined
  const reply = { version: 'http', code: status } as const
  if (status === 407) {
    const offers = foreignOffers(head)
    if (offers) return { code: 'hop-auth-failed', login: 'not-offered', offers, reply }
    return { code: 'hop-auth-failed', login: hop.user === undefined ? 'missing' : refusedLogin(hop), reply }
  }
  if (status === 502 || status === 503 || status === 504) return { code: 'target-unreachable', reply }
  return { code: 'hop-refused', reply }
}
