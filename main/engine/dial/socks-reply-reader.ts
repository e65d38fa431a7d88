import type { Failure } from '../../../shared/errors.ts'
import type { SocksVersion } from '../../../shared/model/next-hop.ts'
import { hasLogin, refusedLogin, type Login } from './login.ts'
import { recognise } from './recognise.ts'

// Follows what a SOCKS server sends, so that we know at which step a handshake is, why it failed (the `socks` package
// keeps neither the step nor the reply's number), and where the handshake ends and the destination's first bytes begin.

/** What the server's next bytes answer. SOCKS4 has one answer only. */
export type ReplyStep = 'greet' | 'authenticate' | 'request'

export type ReplyProgress =
  | { readonly kind: 'waiting' }
  /** One complete answer, to the step `of`; the server is asked for `next`. */
  | { readonly kind: 'frame'; readonly of: ReplyStep; readonly next: ReplyStep }
  /** The last answer; `rest` came after it and belongs to the destination. */
  | { readonly kind: 'granted'; readonly rest: Buffer }
  | { readonly kind: 'failed'; readonly failure: ReplyFailure }

/** The part of a failure that the bytes tell. */
export type ReplyFailure = Pick<Failure, 'code' | 'reply' | 'looksLike' | 'login' | 'errno'>

const noAuthentication = 0x00
const userPassword = 0x02
const noAcceptableMethod = 0xff
const empty = Buffer.alloc(0)

/** Reads the answers of one handshake with a hop. */
export class SocksReplyReader {
  step: ReplyStep
  readonly #hop: Login
  readonly #version: SocksVersion
  #pending: Buffer = empty

  constructor(hop: Login) {
    this.#hop = hop
    this.#version = hop.version
    this.step = hop.version === '5' ? 'greet' : 'request'
  }

  /** True until the first byte came. */
  get isSilent(): boolean {
    return this.step === (this.#version === '5' ? 'greet' : 'request') && this.#pending.length === 0
  }

  /** Why it failed where the server ends now. */
  ended(): ReplyFailure {
    if (this.isSilent) return { code: 'hop-not-socks', looksLike: 'silence' }
    // RFC 1929: the server closes the connection where it refuses the login; some do so without the status before.
    return this.step === 'authenticate' ? this.#loginFailed() : { code: 'hop-unreachable', errno: 'EOF' }
  }

  /** Takes what came in; call again with nothing after each `frame`. */
  read(chunk: Buffer = empty): ReplyProgress {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk])
    if (this.#pending.length === 0) return { kind: 'waiting' }
    if (this.#version !== '5') return this.#readSocks4()
    if (this.step === 'greet') return this.#readMethod()
    if (this.step === 'authenticate') return this.#readLogin()
    return this.#readSocks5()
  }

  /** SOCKS4: VN 0, CD, port, address. Some servers send 4 as VN. */
  #readSocks4(): ReplyProgress {
    const [version, code] = this.#pending
    if (version !== 0 && version !== 4) return this.#notSocks()
    // No server replies with 0, and every frame of settings does that HTTP/2 begins with.
    if (code === 0) return this.#notSocks()
    if (this.#pending.length < 8 || code === undefined) return { kind: 'waiting' }
    if (code === 0x5a) return this.#grant(8)
    const reply = { version: 4 as const, code }
    if (code === 0x5c || code === 0x5d) {
      return fail({ code: 'hop-auth-failed', login: 'refused', reply })
    }
    return fail({ code: 'hop-refused', reply })
  }

  /** RFC 1928 section 3: VER, METHOD. */
  #readMethod(): ReplyProgress {
    const [version, method] = this.#pending
    if (version !== 5) return this.#notSocks()
    if (method === undefined) return { kind: 'waiting' }
    if (method === noAuthentication) return this.#frame(2, 'request')
    const isOffered = hasLogin(this.#hop)
    if (method === userPassword && isOffered) return this.#frame(2, 'authenticate')
    // With no acceptable method left, a server that was offered no login most likely wants one.
    const wantsLogin = !isOffered && (method === userPassword || method === noAcceptableMethod)
    return fail({ code: 'hop-auth-failed', login: wantsLogin ? 'missing' : 'not-offered' })
  }

  /** RFC 1929: VER, STATUS; any status but 0 is a refusal. Some servers put 5 in VER. */
  #readLogin(): ReplyProgress {
    const status = this.#pending[1]
    if (status === undefined) return { kind: 'waiting' }
    return status === 0 ? this.#frame(2, 'request') : fail(this.#loginFailed())
  }

  /** RFC 1928 section 6: VER, REP, RSV, ATYP, BND.ADDR, BND.PORT. */
  #readSocks5(): ReplyProgress {
    const [version, code, , addressType, nameLength] = this.#pending
    if (version !== 5) return fail({ code: 'hop-not-socks', looksLike: 'other' })
    if (code === undefined) return { kind: 'waiting' }
    // Some servers cut off the rest of a reply that says no: the number is all that is needed.
    if (code !== 0) return fail(socks5Failure(code))
    if (addressType === undefined || nameLength === undefined) return { kind: 'waiting' }
    const addressLength = { 1: 4, 3: 1 + nameLength, 4: 16 }[addressType]
    if (addressLength === undefined) return fail({ code: 'hop-not-socks', looksLike: 'other' })
    const length = 4 + addressLength + 2
    return this.#pending.length < length ? { kind: 'waiting' } : this.#grant(length)
  }

  #loginFailed(): ReplyFailure {
    return { code: 'hop-auth-failed', login: refusedLogin(this.#hop) }
  }

  #frame(length: number, next: ReplyStep): ReplyProgress {
    this.#pending = this.#pending.subarray(length)
    const of = this.step
    this.step = next
    return { kind: 'frame', of, next }
  }

  #grant(length: number): ReplyProgress {
    return { kind: 'granted', rest: this.#pending.subarray(length) }
  }

  #notSocks(): ReplyProgress {
    return fail({ code: 'hop-not-socks', looksLike: recognise(this.#pending, this.#version) })
  }
}

function fail(failure: ReplyFailure): ReplyProgress {
  return { kind: 'failed', failure }
}

function socks5Failure(code: number): ReplyFailure {
  const reply = { version: 5 as const, code }
  if (code === 0x05) return { code: 'target-refused', reply }
  const isUnreachable = code === 0x03 || code === 0x04 || code === 0x06
  // Tor's extended errors: all but a missing (F4) or wrong (F5) authorisation mean that the service can't be reached.
  const isOnionUnreachable = code >= 0xf0 && code <= 0xf7 && code !== 0xf4 && code !== 0xf5
  return { code: isUnreachable || isOnionUnreachable ? 'target-unreachable' : 'hop-refused', reply }
}
