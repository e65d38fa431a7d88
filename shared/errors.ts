import type { Clue } from './clue.ts'
import type { ExplainedObstacle } from './explanation.ts'
import type { SocksVersion } from './model/next-hop.ts'
import type { Said, Told } from './told.ts'

// Every way in which something can fail, as data. The sentences are in shared/texts/.

export const errorCodes = [
  'port-in-use',
  'port-forbidden',
  'address-unavailable',
  'hop-unreachable',
  'hop-not-socks',
  'hop-tls-failed',
  'hop-auth-failed',
  'hop-refused',
  'target-unreachable',
  'target-refused',
  'timeout',
  'name-not-found',
  'blocked',
  'loop',
  'bad-request',
  'not-found',
  'conflict',
  'internal',
] as const
export type ErrorCode = (typeof errorCodes)[number]

export const stages = [
  'accept',
  'identify',
  'route',
  'resolve',
  'connect-hop',
  'secure',
  'greet',
  'authenticate',
  'request',
  'first-byte',
  'relay',
  'close',
] as const
export type Stage = (typeof stages)[number]

/** Why TLS with a hop came to nothing. */
export type TlsProblem =
  'expired' | 'unknown-issuer' | 'wrong-name' | 'not-tls' | 'wants-certificate' | 'other'

/** What an answer that is not the expected SOCKS looks like. */
export type LooksLike = 'http' | 'web-server' | 'tls' | 'ssh' | 'socks4' | 'socks5' | 'silence' | 'other'

/** Why what a client sent does not say where it wants to go. */
export type Unidentified =
  /** It begins like a known protocol, and is not valid. */
  | 'malformed'
  /** No name in it. */
  | 'nameless'
  /** Not a request to a proxy that the rule serves. */
  | 'not-proxy'
  /** A SOCKS5 client that goes nowhere without a login. */
  | 'wants-login'
  /** A request to a proxy for something that Nexthop does not do. */
  | 'refused'
  /** No PROXY protocol header, or one that tells no addresses. */
  | 'no-header'
  | 'header-without-address'

/** What keeps a connection from being made, or from going on. */
export type Bar =
  /** The client is not on the rule's list of allowed ones. */
  | { readonly kind: 'client'; readonly client: string; readonly rule: string }
  | { readonly kind: 'limit'; readonly rule: string; readonly limit: number }
  | { readonly kind: 'hop'; readonly hop: string; readonly obstacle: LastingObstacle }
  | { readonly kind: 'route-changed' }

/** What keeps a hop from being used, but for a failure. */
export type LastingObstacle = Extract<ExplainedObstacle, { readonly kind: 'maintenance' | 'full' }>

/** Why something failed: a code, where, and the particulars that a sentence needs. Holds no password. */
export interface Failure {
  readonly code: ErrorCode
  /** Where it failed; absent for failures outside a connection. */
  readonly stage?: Stage
  /** The hop at which it failed. `address` is host:port. */
  readonly hop?: {
    readonly id?: string
    readonly name: string
    readonly address: string
    readonly version: SocksVersion
    /** Absent for SOCKS. */
    readonly protocol?: 'http'
    /** Absent where names are resolved here. */
    readonly resolveAt?: 'hop'
    /** It was spoken to inside TLS, or was to be. */
    readonly tls?: true
  }
  /** In a chain: the hop by way of which `hop` could not be reached. */
  readonly through?: NonNullable<Failure['hop']>
  /** Of hops that were tried before, or can not be used either. */
  readonly earlier?: readonly Failure[]
  /** In a chain: at which of its legs it failed, counted from 1. */
  readonly leg?: { readonly number: number; readonly of: number }
  readonly tls?: TlsProblem
  /** What was to be reached: the destination as host:port, or a listen address. */
  readonly target?: string
  /** The number in a SOCKS reply (RFC 1928 section 6, SOCKS4's CD), or an HTTP status; kept whatever it is. */
  readonly reply?: { readonly version: 4 | 5 | 'http'; readonly code: number }
  /** The system's name of the error: ECONNREFUSED, EACCES, … */
  readonly errno?: string
  /** How long was waited, for time-outs. */
  readonly afterMs?: number
  /** The hop was not tried again: after its failure it is left alone for this much longer. */
  readonly waitMs?: number
  /** It is left alone until its health check says that it is back. */
  readonly untilChecked?: true
  /** The hop was taken out of use on purpose, to see what happens without it. */
  readonly onPurpose?: true
  readonly looksLike?: LooksLike
  readonly unidentified?: Unidentified
  /** What there is of it, and what is wrong with that. */
  readonly clue?: Clue
  /** What does not let the connection pass, where that is not a route that blocks. */
  readonly bar?: Bar
  /** The condition that blocks. */
  readonly condition?: BlockingCondition
  /** The login as far as it concerns the failure; "unavailable" where our password is not there, and `message` says why. */
  readonly login?: 'missing' | 'refused' | 'without-password' | 'not-offered' | 'unavailable'
  /** The ways to log in that the hop offers, by their names, where ours is not among them. */
  readonly offers?: readonly string[]
  /** Who holds a port. */
  readonly holder?: PortHolder
  /** A complete sentence for failures that need no table: a bad request names its field itself. */
  readonly message?: string
  /** What that is made of, where it is known in more languages. */
  readonly told?: Told
}

export interface BlockingCondition {
  /** In its list, from 1. */
  readonly number: number
  readonly name?: string
  /** The name of the rule whose it is; absent for one of all rules. */
  readonly rule?: string
}

/** The process that holds a port, as far as it can be told without extra rights. */
export interface PortHolder {
  readonly pid: number
  readonly name: string
}

/** The only error type that crosses a module border on purpose. */
export class NexthopError extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.message ?? failure.code)
    this.name = 'NexthopError'
    this.failure = failure
  }

  get said(): Said {
    const { message } = this
    const { told } = this.failure
    return told ? { message, told } : { message }
  }
}

/** True for a hop that is not asked for anything, since its password is not there: waiting does not help. */
export function lacksPassword({ login }: Failure): boolean {
  return login === 'unavailable'
}

/** A request that can't be carried out as given; what is said names the field and the remedy. */
export function badRequest(said: Said | string): NexthopError {
  return refusal('bad-request', said)
}

export function notFound(said: Said | string): NexthopError {
  return refusal('not-found', said)
}

export function conflict(said: Said | string): NexthopError {
  return refusal('conflict', said)
}

/** A text alone is for the command line, which speaks English. */
function refusal(code: ErrorCode, said: Said | string): NexthopError {
  return new NexthopError({ code, ...(typeof said === 'string' ? { message: said } : said) })
}

/** Any thrown value as a failure. What we did not foresee is `internal` and keeps its message for the log. */
export function toFailure(error: unknown): Failure {
  if (error instanceof NexthopError) return error.failure
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) }
}
