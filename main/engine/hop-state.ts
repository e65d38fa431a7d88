import { lacksPassword } from '../../shared/errors.ts'
import type { NextHop } from '../../shared/model/next-hop.ts'
import type { HopHealth } from '../../shared/runtime.ts'
import type { EngineHop } from './api.ts'
import { toWallTime, wallNow } from './clock.ts'
import { describeHop } from './dial/describe-hop.ts'
import type { HopStanding, KnownHealth } from './routing/candidate.ts'
import { notShared, type OpenCount } from './sharing.ts'

export const unknownHealth: KnownHealth = { state: 'unknown' }
/** How much a new measurement moves the mean. */
const latencyShare = 0.2

/** What is known of one hop; pools hold on to it. */
export class HopState implements HopStanding {
  hop: EngineHop
  #found: KnownHealth = unknownHealth
  #locked: KnownHealth | undefined
  latencyMs: number | undefined
  measuredAt = 0
  recoveredAt: number | undefined
  /** Connections in a row that failed at the hop while it did not count as down. */
  failures = 0
  /** Times in a row that it went down, for the back-off. */
  downs = 0
  #openHere = 0
  #count: OpenCount = notShared

  constructor(hop: EngineHop) {
    this.hop = hop
    this.#locked = lockedHealth(hop)
  }

  /** As it was found out; of a hop without its password, that. */
  get health(): KnownHealth {
    return this.#locked ?? this.#found
  }

  set health(found: KnownHealth) {
    this.#found = found
  }

  /** In all threads, as far as they count together. */
  get open(): number {
    return this.#openHere + this.#count.elsewhere()
  }

  get openHere(): number {
    return this.#openHere
  }

  share(count: OpenCount): void {
    this.#count = count
    count.tell(this.#openHere)
  }

  /**
   * A connection begins to use the hop; false where that would be more than it takes, over all threads. Of two threads that
   * count at the same moment each tells first and looks then, so the limit is never exceeded.
   */
  enter(): boolean {
    this.#openHere += 1
    this.#count.tell(this.#openHere)
    const { maxConnections } = this.hop
    if (maxConnections === 0 || this.open <= maxConnections) return true
    this.leave()
    return false
  }

  leave(): void {
    if (this.#openHere === 0) return
    this.#openHere -= 1
    this.#count.tell(this.#openHere)
  }

  /** Another proxy under the same id: what is known of the old one says nothing. Its connections are still open. */
  become(hop: EngineHop): void {
    this.hop = hop
    this.#found = unknownHealth
    this.#locked = lockedHealth(hop)
    this.latencyMs = undefined
    this.measuredAt = 0
    this.recoveredAt = undefined
    this.failures = 0
    this.downs = 0
  }

  measured(ms: number, at: number): void {
    const { latencyMs } = this
    this.latencyMs = latencyMs === undefined ? ms : latencyMs + (ms - latencyMs) * latencyShare
    this.measuredAt = at
  }
}

/** It will not come back by itself, and the proxy must not see logins that can only fail. */
const never = Number.MAX_SAFE_INTEGER

function lockedHealth(hop: EngineHop): KnownHealth | undefined {
  const message = hop.missingPassword
  if (message === undefined) return undefined
  const failure = {
    code: 'hop-auth-failed',
    stage: 'authenticate',
    login: 'unavailable',
    hop: describeHop(hop),
    message,
  } as const
  return { state: 'down', at: wallNow(), until: never, failure }
}

/** A health as it is told to others, and shown. */
export function toTold(health: KnownHealth, toWall = toWallTime): HopHealth {
  if (health.state !== 'down') return health
  const { until, ...rest } = health
  return { ...rest, retryAt: Math.min(never, toWall(until)) }
}

/** One that was told by another thread. Where the clock was set meanwhile, no wait becomes longer than it was. */
export function toKnown(health: HopHealth, at: number, toWall = toWallTime): KnownHealth {
  if (health.state !== 'down') return health
  const { retryAt, ...rest } = health
  return { ...rest, until: at + Math.min(retryAt - toWall(at), retryAt - health.at) }
}

/** True for a hop that nobody may use until its password is there. */
export function isLocked(health: KnownHealth | HopHealth): boolean {
  return health.state === 'down' && lacksPassword(health.failure)
}

/** True where a health check, and no connection, finds out whether the hop is back. */
export function isLookedAfter({ healthCheck }: Pick<NextHop, 'healthCheck'>): boolean {
  return healthCheck !== undefined && healthCheck.kind !== 'off'
}

/** True while connections pass the hop over. */
export function isLeftAlone(health: KnownHealth, at: number): boolean {
  return health.state === 'down' && (health.untilChecked === true || health.until > at)
}

export function isOnPurpose(health: KnownHealth, at: number): boolean {
  return health.state === 'down' && health.failure.onPurpose === true && health.until > at
}
