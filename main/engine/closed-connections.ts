import type { ConnectionDetail } from '../../shared/runtime.ts'

/**
 * Closed connections that are remembered, within a bound. Failed ones stay longest, since they are what people come back
 * for; a quarter of the room is left to those that went well.
 */
export class ClosedConnections {
  readonly #fine = new Map<string, ConnectionDetail>()
  readonly #failed = new Map<string, ConnectionDetail>()
  readonly #onForget: (id: string) => void
  #keep = 0

  /** @param onForget told of each that makes room */
  constructor(onForget: (id: string) => void = () => undefined) {
    this.#onForget = onForget
  }

  configure(keep: number): void {
    this.#keep = keep
    this.#trim()
  }

  /** False where nothing is kept: then it need not be described at all. */
  get keepsAny(): boolean {
    return this.#keep > 0
  }

  add(detail: ConnectionDetail): void {
    const kept = detail.closeReason?.failure ? this.#failed : this.#fine
    kept.set(detail.id, detail)
    this.#trim()
  }

  get(id: string): ConnectionDetail | undefined {
    return this.#fine.get(id) ?? this.#failed.get(id)
  }

  /** The one that closed last comes first. */
  list(): ConnectionDetail[] {
    const all = [...this.#fine.values(), ...this.#failed.values()]
    return all.sort((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0))
  }

  /** A map keeps the order of insertion: the first key is the oldest. */
  #trim(): void {
    while (this.#fine.size + this.#failed.size > this.#keep) {
      const crowd = this.#fine.size > this.#keep / 4 ? this.#fine : this.#failed
      const [oldest] = crowd.keys()
      if (oldest === undefined) return
      crowd.delete(oldest)
      this.#onForget(oldest)
    }
  }
}
