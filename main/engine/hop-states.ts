import { isDeepStrictEqual } from 'node:util'
import type { Failure } from '../../shared/errors.ts'
import type { NextHop } from '../../shared/model/next-hop.ts'
import type { HopHealth, HopRuntime } from '../../shared/runtime.ts'
import { describeHop } from './dial/describe-hop.ts'
import type { HopStanding } from './routing/candidate.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] }

interface HopState extends Writable<HopStanding> {
  hop: NextHop
  /** Connections in a row that failed at the hop while it did not count as down. */
  failures: number
  /** Times in a row that it went down, for the back-off. */
  downs: number
}

const unknown: HopHealth = { state: 'unknown' }
/** How much a new measurement moves the mean. */
const latencyShare = 0.2

/** What is known of each hop: its health from the connections that tried it, how many use it, how quick it is. */
export class HopStates {
  readonly #states = new Map<string, HopState>()
  readonly #onChange: (hopId: string, health: HopHealth) => void

  constructor(onChange: (hopId: string, health: HopHealth) => void) {
    this.#onChange = onChange
  }

  /** Takes on the hops of a new config. A hop that became another proxy starts afresh. */
  apply(hops: readonly NextHop[]): void {
    const ids = new Set(hops.map(({ id }) => id))
    for (const id of this.#states.keys()) if (!ids.has(id)) this.#states.delete(id)
    for (const hop of hops) {
      const state = this.#states.get(hop.id)
      if (!state) {
        this.#states.set(hop.id, newState(hop))
      } else if (isSameProxy(state.hop, hop)) {
        state.hop = hop
      } else {
        Object.assign(state, { ...newState(hop), open: state.open })
        this.#set(state, unknown)
      }
    }
  }

  health(hopId: string): HopHealth {
    return this.#states.get(hopId)?.health ?? unknown
  }

  /** Stays up to date until the next config without this hop. */
  standing(hop: NextHop): HopStanding {
    return this.#states.get(hop.id) ?? newState(hop)
  }

  /** A connection begins, or ceases, to use the hop. */
  entered(hopId: string): void {
    const state = this.#states.get(hopId)
    if (state) state.open += 1
  }

  left(hopId: string): void {
    const state = this.#states.get(hopId)
    if (state && state.open > 0) state.open -= 1
  }

  /** How long connecting to the hop took. */
  measured(hopId: string, ms: number, at: number): void {
    const state = this.#states.get(hopId)
    if (!state) return
    const { latencyMs } = state
    state.latencyMs = latencyMs === undefined ? ms : latencyMs + (ms - latencyMs) * latencyShare
    state.measuredAt = at
  }

  /** A connection got through the hop's connect and handshake. */
  succeeded(hopId: string, at: number): void {
    const state = this.#states.get(hopId)
    if (!state) return
    state.failures = 0
    if (state.health.state === 'up' || isOnPurpose(state.health, at)) return
    state.downs = 0
    if (state.health.state === 'down') state.recoveredAt = at
    this.#set(state, { state: 'up', at })
  }

  /**
   * A hop failed by itself, after all retries. Where that happened often enough in a row, it is left alone for its
   * "after final failure wait", which doubles each time.
   */
  failed(hopId: string, failure: Failure, at: number): void {
    const state = this.#states.get(hopId)
    // Of many connections that fail at once, the first has said it all.
    if (!state || isResting(state.health, at)) return
    state.failures += 1
    if (state.health.state !== 'down' && state.failures < state.hop.failureThreshold) return
    const { failureWaitMs, maxFailureWaitMs } = state.hop
    const waitMs = Math.min(failureWaitMs * 2 ** state.downs, Math.max(failureWaitMs, maxFailureWaitMs))
    state.failures = 0
    state.downs += 1
    // What was measured before says nothing of it once it is back.
    state.latencyMs = undefined
    this.#set(state, { state: 'down', at, retryAt: at + waitMs, failure })
  }

  /** Leaves a hop alone for a while, to rehearse its loss; 0 ends that. False if there is no such hop. */
  failOnPurpose(hopId: string, forMs: number, at: number): boolean {
    const state = this.#states.get(hopId)
    if (!state) return false
    if (forMs > 0) {
      const failure = { code: 'hop-unreachable', onPurpose: true, hop: describeHop(state.hop) } as const
      this.#set(state, { state: 'down', at, retryAt: at + forMs, failure })
    } else if (isOnPurpose(state.health, at)) {
      this.#set(state, unknown)
    }
    return true
  }

  /** Takes over what was found out elsewhere, without telling of it. */
  learn(hopId: string, health: HopHealth): void {
    const state = this.#states.get(hopId)
    if (!state) return
    if (state.health.state === 'down' && health.state === 'up') state.recoveredAt = health.at
    state.health = health
    state.failures = 0
    if (health.state === 'up') state.downs = 0
  }

  runtime(): HopRuntime[] {
    return [...this.#states].map(([hopId, { health, open, latencyMs, recoveredAt }]) => ({
      hopId,
      health,
      open,
      ...(latencyMs !== undefined && { latencyMs }),
      ...(recoveredAt !== undefined && { recoveredAt }),
    }))
  }

  #set(state: HopState, health: HopHealth): void {
    state.health = health
    this.#onChange(state.hop.id, health)
  }
}

function newState(hop: NextHop): HopState {
  return {
    hop,
    health: unknown,
    open: 0,
    latencyMs: undefined,
    measuredAt: 0,
    recoveredAt: undefined,
    failures: 0,
    downs: 0,
  }
}

function isResting(health: HopHealth, at: number): boolean {
  return health.state === 'down' && health.retryAt > at
}

function isOnPurpose(health: HopHealth, at: number): boolean {
  return health.state === 'down' && health.failure.onPurpose === true && health.retryAt > at
}

function isSameProxy(a: NextHop, b: NextHop): boolean {
  const keys = ['host', 'port', 'protocol', 'version', 'user', 'password'] as const
  return keys.every((key) => a[key] === b[key]) && isDeepStrictEqual(a.tls, b.tls)
}
