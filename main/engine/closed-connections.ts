import type { ConnectionDetail } from '../../shared/runtime.ts'
import { Fifo } from './fifo.ts'

/**
 * Closed connections that are remembered, within a bound. Failed ones stay longest, since they are what people come back
 * for; a quarter of the room is left to those that went well.
 */
export class ClosedConnections {
  readonly #fine = new Fifo<ConnectionDetail>()
  readonly #failed = new Fifo<ConnectionDetail>()
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
    kept.push(detail)
    this.#trim()
  }

  get(id: string): ConnectionDetail | undefined {
    for (const kept of [this.#fine, this.#failed])
      for (const detail of kept) if (detail.id === id) return detail
    return undefined
  }

  /** The one that closed last comes first. */
  list(): ConnectionDetail[] {
    const all = [...this.#fine, ...this.#failed]
    return all.sort((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0))
  }

  #trim(): void {
    while (this.#fine.size + this.#failed.size > this.#keep) {
      const crowd = this.#fine.size > this.#keep / 4 ? this.#fine : this.#failed
      const oldest = crowd.shift()
      if (oldest === undefined) return
      this.#onForget(oldest.id)
    }
  }
}
