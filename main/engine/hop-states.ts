import type { Failure } from '../../shared/errors.ts'
import type { NextHop } from '../../shared/model/next-hop.ts'
import type { HopHealth, HopRuntime } from '../../shared/runtime.ts'

interface HopState {
  hop: NextHop
  health: HopHealth
}

/** What is known of each hop's health from the connections that tried it. */
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
        this.#states.set(hop.id, { hop, health: { state: 'unknown' } })
      } else if (isSameProxy(state.hop, hop)) {
        state.hop = hop
      } else {
        state.hop = hop
        this.#set(state, { state: 'unknown' })
      }
    }
  }

  health(hopId: string): HopHealth {
    return this.#states.get(hopId)?.health ?? { state: 'unknown' }
  }

  /** A connection got through the hop's connect and handshake. */
  succeeded(hopId: string, at: number): void {
    const state = this.#states.get(hopId)
    if (state && state.health.state !== 'up') this.#set(state, { state: 'up', at })
  }

  /** A hop failed by itself, after all retries: it is left alone for its "after final failure wait". */
  failed(hopId: string, failure: Failure, at: number): void {
    const state = this.#states.get(hopId)
    if (state) this.#set(state, { state: 'down', at, retryAt: at + state.hop.failureWaitMs, failure })
  }

  /** Takes over what was found out elsewhere, without telling of it. */
  learn(hopId: string, health: HopHealth): void {
    const state = this.#states.get(hopId)
    if (state) state.health = health
  }

  runtime(): HopRuntime[] {
    return [...this.#states].map(([hopId, { health }]) => ({ hopId, health }))
  }

  #set(state: HopState, health: HopHealth): void {
    state.health = health
    this.#onChange(state.hop.id, health)
  }
}

function isSameProxy(a: NextHop, b: NextHop): boolean {
  const keys = ['host', 'port', 'version', 'user', 'password'] as const
  return keys.every((key) => a[key] === b[key])
}
