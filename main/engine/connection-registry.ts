import type { ConnectionDetail, ConnectionSummary } from '../../shared/runtime.ts'
import type { ConnectionFilter } from './api.ts'
import type { Connection } from './connection.ts'

/** All open connections, and those that closed lately, within a bound. */
export class ConnectionRegistry {
  readonly #open = new Map<string, Connection>()
  readonly #closed = new Map<string, ConnectionDetail>()
  #changed: Map<string, ConnectionSummary | Connection> | undefined
  #keep = 0
  /** Bytes of open connections as they were told last. */
  readonly #told = new WeakMap<Connection, number>()

  /** @param keep how many closed connections are remembered */
  configure(keep: number): void {
    this.#keep = keep
    this.#trim()
  }

  /** Begins or ends the recording of what changes. */
  recordChanges(on: boolean): void {
    this.#changed = on ? (this.#changed ?? new Map()) : undefined
  }

  opened(connection: Connection): void {
    this.#open.set(connection.id, connection)
    this.changed(connection)
  }

  changed(connection: Connection): void {
    this.#changed?.set(connection.id, connection)
  }

  closed(connection: Connection): void {
    this.#open.delete(connection.id)
    if (this.#keep > 0) {
      this.#closed.set(connection.id, connection.detail())
      this.#trim()
    }
    this.#changed?.set(connection.id, connection.summary())
  }

  /** What changed since it was last asked, open connections with their present byte counts. */
  takeChanges(): ConnectionSummary[] {
    if (!this.#changed) return []
    for (const connection of this.#open.values()) {
      const bytes = connection.bytesUp + connection.bytesDown
      if (this.#told.get(connection) === bytes) continue
      this.#told.set(connection, bytes)
      this.#changed.set(connection.id, connection)
    }
    const changed = [...this.#changed.values()]
    this.#changed.clear()
    return changed.map((entry) => ('summary' in entry ? entry.summary() : entry))
  }

  list(): ConnectionSummary[] {
    const open = [...this.#open.values()].reverse().map((connection) => connection.summary())
    const closed = [...this.#closed.values()].reverse().map(({ stages: _stages, ...summary }) => summary)
    return [...open, ...closed]
  }

  detail(id: string): ConnectionDetail | undefined {
    return this.#open.get(id)?.detail() ?? this.#closed.get(id)
  }

  select(filter: ConnectionFilter): Connection[] {
    switch (filter.kind) {
      case 'all':
        return [...this.#open.values()]
      case 'rule':
        return [...this.#open.values()].filter(({ rule }) => rule.id === filter.ruleId)
      case 'ids':
        return filter.ids.flatMap((id) => this.#open.get(id) ?? [])
    }
  }

  get openCount(): number {
    return this.#open.size
  }

  /** A map keeps the order of insertion: the first keys are the oldest. */
  #trim(): void {
    for (const id of this.#closed.keys()) {
      if (this.#closed.size <= this.#keep) return
      this.#closed.delete(id)
    }
  }
}
