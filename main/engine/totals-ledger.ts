import type { TotalsDelta } from '../../shared/totals.ts'
import type { Connection } from './connection.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** Of an open connection: what was entered for it already. */
interface Entered {
  readonly bytesUp: number
  readonly bytesDown: number
}

/**
 * What passed per rule and hop since it was last asked. Nothing is done for a byte: connections are looked at when they
 * close, and the open ones when somebody asks.
 */
export class TotalsLedger {
  /** Of those that were open when somebody asked; most are closed by then, and never come here. */
  readonly #entered = new WeakMap<Connection, Entered>()
  #deltas = new Map<string, Writable<TotalsDelta>>()

  closed(connection: Connection): void {
    const delta = this.#enter(connection)
    if (connection.closeReason?.failure) delta.failures += 1
  }

  /** Takes everything out, with what the open connections have moved so far. */
  take(open: readonly Connection[]): TotalsDelta[] {
    for (const connection of open) {
      const { bytesUp, bytesDown } = connection
      if (bytesUp + bytesDown === 0) continue
      this.#enter(connection)
      this.#entered.set(connection, { bytesUp, bytesDown })
    }
    const deltas = [...this.#deltas.values()]
    this.#deltas = new Map()
    return deltas
  }

  #enter(connection: Connection): Writable<TotalsDelta> {
    const { bytesUp, bytesDown, rule } = connection
    const entered = this.#entered.get(connection)
    const delta = this.#deltaFor(rule.id, connection.hopId)
    delta.bytesUp += bytesUp - (entered?.bytesUp ?? 0)
    delta.bytesDown += bytesDown - (entered?.bytesDown ?? 0)
    if (!entered) delta.connections += 1
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
