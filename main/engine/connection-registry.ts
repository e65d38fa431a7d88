import type { ConnectionDetail, ConnectionSummary } from '../../shared/runtime.ts'
import type { ConnectionFilter } from './api.ts'
import { Bag } from './bag.ts'
import { ClosedConnections, detailOf } from './closed-connections.ts'
import type { Connection } from './connection.ts'

/** Connections in one report; the others wait for the next one, the oldest change first. */
const mostTold = 2000

/** All open connections, and those that closed lately, within a bound. */
export class ConnectionRegistry {
  readonly #open = new Bag<'placeInEngine', Connection>('placeInEngine')
  readonly #closed = new ClosedConnections((id) => this.#forget(id))
  #changed: Map<string, ConnectionSummary | Connection> | undefined
  /** Bytes of open connections as they were told last. */
  readonly #told = new WeakMap<Connection, number>()
  /** Connections that somebody knows as open. */
  readonly #toldOpen = new Set<string>()
  #onIdle: (() => void) | undefined

  /** @param keep how many closed connections are remembered */
  configure(keep: number): void {
    this.#closed.configure(keep)
  }

  /** Begins or ends the recording of what changes. */
  recordChanges(on: boolean): void {
    this.#changed = on ? (this.#changed ?? new Map()) : undefined
    if (!on) this.#toldOpen.clear()
  }

  opened(connection: Connection): void {
    this.#open.add(connection)
    this.changed(connection)
  }

  changed(connection: Connection): void {
    this.#changed?.set(connection.id, connection)
  }

  closed(connection: Connection): void {
    this.#open.remove(connection)
    const isKept = this.#closed.keepsAny
    if (this.#changed || isKept) {
      const closed = connection.closed()
      this.#changed?.set(connection.id, closed.summary)
      if (isKept) this.#closed.add(closed)
    }
    if (!isKept) this.#forget(connection.id)
    if (this.#open.size === 0) this.#onIdle?.()
  }

  /**
   * What changed since it was last asked, open connections with their present byte counts. Connections that opened and
   * closed unseen are told of only as far as they are kept.
   */
  takeChanges(): ConnectionSummary[] {
    if (!this.#changed) return []
    for (const connection of this.#open) {
      const bytes = connection.bytesUp + connection.bytesDown
      if (this.#told.get(connection) === bytes) continue
      this.#told.set(connection, bytes)
      this.#changed.set(connection.id, connection)
    }
    const told: ConnectionSummary[] = []
    for (const [id, entry] of this.#changed) {
      if (told.length === mostTold) break
      this.#changed.delete(id)
      const isOpen = 'summary' in entry
      if (isOpen) this.#toldOpen.add(id)
      else this.#toldOpen.delete(id)
      told.push(isOpen ? entry.summary() : entry)
    }
    return told
  }

  list(): ConnectionSummary[] {
    const open = [...this.#open]
      .map((connection) => connection.summary())
      .sort((a, b) => b.openedAt - a.openedAt)
    const closed = this.#closed.list().map(({ summary }) => summary)
    return [...open, ...closed]
  }

  detail(id: string): ConnectionDetail | undefined {
    return this.details([id])[0]
  }

  /** In the order of the ids; those that are not known any more are left out. */
  details(ids: readonly string[]): ConnectionDetail[] {
    const wanted = new Set(ids)
    const found = new Map<string, ConnectionDetail>(
      this.#closed.find(wanted).map((closed) => [closed.summary.id, detailOf(closed)]),
    )
    for (const connection of this.#find(wanted)) found.set(connection.id, connection.detail())
    return ids.flatMap((id) => found.get(id) ?? [])
  }

  select(filter: ConnectionFilter): Connection[] {
    switch (filter.kind) {
      case 'all':
        return [...this.#open]
      case 'rule':
        return [...this.#open].filter(({ rule }) => rule.id === filter.ruleId)
      case 'ids':
        return this.#find(new Set(filter.ids))
    }
  }

  /** Waits until no connection is open, `drainMs` at most, then resets the rest. */
  async drain(drainMs: number): Promise<void> {
    if (this.#open.size === 0) return
    const idle = new Promise<void>((resolve) => (this.#onIdle = resolve))
    const timer = setTimeout(() => {
      const failure = { code: 'timeout', stage: 'close', afterMs: drainMs } as const
      for (const connection of [...this.#open]) connection.end(failure)
    }, drainMs)
    await idle
    clearTimeout(timer)
  }

  /** Somebody looks at connections, or closes some: rare enough to look through all, once for all that are asked for. */
  #find(ids: ReadonlySet<string>): Connection[] {
    return [...this.#open].filter(({ id }) => ids.has(id))
  }

  /** A closed connection that nobody has seen is not worth telling of any more. */
  #forget(id: string): void {
    if (!this.#toldOpen.has(id)) this.#changed?.delete(id)
  }
}
