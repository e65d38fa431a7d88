import { performance } from 'node:perf_hooks'
import { isDeepStrictEqual } from 'node:util'
import type { Failure } from '../../shared/errors.ts'
import type { NextHop } from '../../shared/model/next-hop.ts'
import type { HopHealth, HopRuntime } from '../../shared/runtime.ts'
import type { EngineHop } from './api.ts'
import { describeHop } from './dial/describe-hop.ts'
import { toWallTime } from './clock.ts'
import {
  HopState,
  isLeftAlone,
  isLocked,
  isLookedAfter,
  isOnPurpose,
  toKnown,
  toTold,
  unknownHealth,
} from './hop-state.ts'
import type { KnownHealth } from './routing/candidate.ts'
import { openCountOfHop, type ThreadSharing } from './sharing.ts'

/** A hop that leads back here makes the next connection itself, for ever if that one tried it at once. */
const loopWaitMs = 1000

/**
 * What is known of each hop: its health from connections and checks, how many use it, how quick it is. Times that are
 * given to it are of performance.now(); what it tells has wall time.
 */
export class HopStates {
  readonly #states = new Map<string, HopState>()
  /** Of hops that are no more, while connections still use them: they count again where the hop is put back. */
  readonly #left = new Map<string, HopState>()
  readonly #onChange: (hopId: string, health: HopHealth) => void
  readonly #toWall: (at: number) => number

  constructor(onChange: (hopId: string, health: HopHealth) => void, toWall = toWallTime) {
    this.#onChange = onChange
    this.#toWall = toWall
  }

  /** Takes on the hops of a new config. A hop that became another proxy starts afresh. */
  apply(hops: readonly EngineHop[], sharing?: ThreadSharing): void {
    const ids = new Set(hops.map(({ id }) => id))
    for (const [id, { openHere }] of this.#left) if (openHere === 0) this.#left.delete(id)
    for (const [id, state] of this.#states) if (!ids.has(id)) this.#leave(id, state)
    for (const hop of hops) {
      const known = this.#states.get(hop.id)
      const state = known ?? this.#begin(hop)
      this.#states.set(hop.id, state)
      state.share(openCountOfHop(sharing, hop.id))
      if (!known && isLocked(state.health)) this.#tell(state)
      if (state.hop === hop) continue
      if (isSameProxy(state.hop, hop)) {
        state.hop = hop
        this.#followCheck(state)
      } else {
        state.become(hop)
        this.#set(state, unknownHealth)
      }
    }
  }

  health(hopId: string): KnownHealth {
    return this.#states.get(hopId)?.health ?? unknownHealth
  }

  /** Stays up to date until the next config without this hop. */
  standing(hop: NextHop): HopState {
    return this.#states.get(hop.id) ?? new HopState(hop)
  }

  /** How long connecting to the hop took. */
  measured(hop: NextHop, ms: number, at: number): void {
    this.#stateOf(hop)?.measured(ms, at)
  }

  /** A connection got through the hop's connect and handshake. */
  succeeded(hop: NextHop, at: number): void {
    const state = this.#stateOf(hop)
    if (!state) return
    state.failures = 0
    const { health } = state
    // What a check has found may be more than what this connection needed.
    if (health.state === 'up' || (health.state === 'down' && health.untilChecked)) return
    if (!isOnPurpose(health, at)) this.#isUp(state, at)
  }

  /**
   * A hop failed by itself, after all retries. Where that happened often enough in a row, it is left alone for its
   * "after final failure wait", which doubles each time; or until its health check succeeds, if it has one.
   */
  failed(hop: NextHop, failure: Failure, at: number): void {
    const state = this.#stateOf(hop)
    // Of many connections that fail at once, the first has said it all.
    if (!state || isLeftAlone(state.health, at)) return
    state.failures += 1
    if (state.health.state !== 'down' && state.failures < state.hop.failureThreshold) return
    const { maxFailureWaitMs } = state.hop
    const failureWaitMs = Math.max(state.hop.failureWaitMs, failure.code === 'loop' ? loopWaitMs : 0)
    const waitMs = Math.min(failureWaitMs * 2 ** state.downs, Math.max(failureWaitMs, maxFailureWaitMs))
    this.#isDown(state, failure, at, waitMs)
  }

  /** A health check has succeeded often enough. A hop that was taken out on purpose stays out. */
  checkedUp(hopId: string, at: number): void {
    const state = this.#states.get(hopId)
    if (state && state.health.state !== 'up' && !isOnPurpose(state.health, at)) this.#isUp(state, at)
  }

  /** A health check has failed often enough; the next one follows after `waitMs`. */
  checkedDown(hopId: string, failure: Failure, at: number, waitMs: number): void {
    const state = this.#states.get(hopId)
    if (!state || isOnPurpose(state.health, at)) return
    const { health } = state
    if (health.state === 'down' && health.untilChecked && isAlike(health.failure, failure)) {
      state.health = { ...health, until: at + waitMs }
    } else {
      this.#isDown(state, failure, at, waitMs)
    }
  }

  /** Leaves a hop alone for a while, to rehearse its loss; 0 ends that. False if there is no such hop. */
  failOnPurpose(hopId: string, forMs: number, at = performance.now()): boolean {
    const state = this.#states.get(hopId)
    if (!state) return false
    if (forMs > 0) {
      const failure = { code: 'hop-unreachable', onPurpose: true, hop: describeHop(state.hop) } as const
      this.#set(state, { state: 'down', at: this.#toWall(at), until: at + forMs, failure })
    } else if (isOnPurpose(state.health, at)) {
      this.#set(state, unknownHealth)
    }
    return true
  }

  /** Takes over what was found out elsewhere, without telling of it. */
  learn(hopId: string, health: HopHealth, at = performance.now()): void {
    const state = this.#states.get(hopId)
    // Which password is there, each thread knows by itself, and from the newest config.
    if (!state || isLocked(health)) return
    if (state.health.state === 'down' && health.state === 'up') state.recoveredAt = at
    state.health = toKnown(health, at, this.#toWall)
    state.failures = 0
    if (health.state === 'up') state.downs = 0
  }

  runtime(): HopRuntime[] {
    return [...this.#states].map(([hopId, { health, openHere, latencyMs, recoveredAt }]) => ({
      hopId,
      health: toTold(health, this.#toWall),
      open: openHere,
      ...(latencyMs !== undefined && { latencyMs }),
      ...(recoveredAt !== undefined && { recoveredAt: this.#toWall(recoveredAt) }),
    }))
  }

  #begin(hop: EngineHop): HopState {
    const state = this.#left.get(hop.id)
    this.#left.delete(hop.id)
    state?.become(hop)
    return state ?? new HopState(hop)
  }

  #leave(id: string, state: HopState): void {
    this.#states.delete(id)
    if (state.openHere > 0) this.#left.set(id, state)
  }

  /** Of the proxy that was dialled: what is found out of one says nothing of another that took its place meanwhile. */
  #stateOf(dialled: NextHop): HopState | undefined {
    const state = this.#states.get(dialled.id)
    return state && isSameProxy(state.hop, dialled) ? state : undefined
  }

  #isUp(state: HopState, at: number): void {
    state.failures = 0
    state.downs = 0
    if (state.health.state === 'down') state.recoveredAt = at
    this.#set(state, { state: 'up', at: this.#toWall(at) })
  }

  #isDown(state: HopState, failure: Failure, at: number, waitMs: number): void {
    state.failures = 0
    state.downs += 1
    // What was measured before says nothing of it once it is back.
    state.latencyMs = undefined
    const untilChecked = isLookedAfter(state.hop) && ({ untilChecked: true } as const)
    this.#set(state, { state: 'down', at: this.#toWall(at), until: at + waitMs, failure, ...untilChecked })
  }

  /** Without its check, only a connection can find out whether the hop is back. */
  #followCheck(state: HopState): void {
    const { health } = state
    if (health.state !== 'down' || !health.untilChecked || isLookedAfter(state.hop)) return
    const { untilChecked: _checked, ...rest } = health
    this.#set(state, rest)
  }

  #set(state: HopState, health: KnownHealth): void {
    state.health = health
    this.#tell(state)
  }

  #tell({ hop, health }: HopState): void {
    this.#onChange(hop.id, toTold(health, this.#toWall))
  }
}

function isAlike(a: Failure, b: Failure): boolean {
  return a.code === b.code && a.stage === b.stage && a.errno === b.errno && a.reply?.code === b.reply?.code
}

function isSameProxy(a: EngineHop, b: EngineHop): boolean {
  if (a === b) return true
  const keys = ['host', 'port', 'protocol', 'version', 'user', 'password', 'missingPassword'] as const
  return keys.every((key) => a[key] === b[key]) && isDeepStrictEqual(a.tls, b.tls)
}
