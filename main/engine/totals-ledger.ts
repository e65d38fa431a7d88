import type { TotalsDelta } from '../../shared/totals.ts'
import type { Connection } from './connection.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** Of an open connection: what was entered for it already. */
interface Entered {
  bytesUp: number
  bytesDown: number
  hasBegun: boolean
}

/**
 * What passed per rule and hop since it was last asked. Nothing is done for a byte: connections are looked at when they
 * close, and the open ones when somebody asks.
 */
export class TotalsLedger {
  readonly #entered = new WeakMap<Connection, Entered>()
  #deltas = new Map<string, Writable<TotalsDelta>>()

  closed(connection: Connection): void {
    const delta = this.#enter(connection)
    if (connection.closeReason?.failure) delta.failures += 1
  }

  /** Takes everything out, with what the open connections have moved so far. */
  take(open: readonly Connection[]): TotalsDelta[] {
    for (const connection of open) {
      if (connection.bytesUp + connection.bytesDown > 0) this.#enter(connection)
    }
    const deltas = [...this.#deltas.values()]
    this.#deltas = new Map()
    return deltas
  }

  #enter(connection: Connection): Writable<TotalsDelta> {
    const { bytesUp, bytesDown, rule } = connection
    const entered = this.#entered.get(connection) ?? { bytesUp: 0, bytesDown: 0, hasBegun: false }
    const delta = this.#deltaFor(rule.id, connection.hopId)
    delta.bytesUp += bytesUp - entered.bytesUp
    delta.bytesDown += bytesDown - entered.bytesDown
    if (!entered.hasBegun) delta.connections += 1
    this.#entered.set(connection, { bytesUp, bytesDown, hasBegun: true })
    return delta
  }

  #deltaFor(ruleId: string, hopId: string | undefined): Writable<TotalsDelta> {
    const key = `${ruleId} ${hopId ?? ''}`
    const known = this.#deltas.get(key)
    if (known) return known
    const fresh = { ruleId, bytesUp: 0, bytesDown: 0, connections: 0, failures: 0 }
    const delta = hopId === undefined ? fresh : { ...fresh, hopId }
    this.#deltas.set(key, delta)
    return delta
  }
}
