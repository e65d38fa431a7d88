import type { ConnectionDetail, ConnectionSummary } from '../../shared/runtime.ts'
import { Fifo } from './fifo.ts'
import type { Trace } from './trace.ts'

export interface ClosedConnection {
  readonly summary: ConnectionSummary
  /** Its stages are put into words only where somebody looks at them. */
  readonly trace: Pick<Trace, 'stages'>
}

export function detailOf({ summary, trace }: ClosedConnection): ConnectionDetail {
  return { ...summary, stages: trace.stages }
}

/**
 * Closed connections that are remembered, within a bound. Failed ones stay longest, since they are what people come back
 * for; a quarter of the room is left to those that went well.
 */
export class ClosedConnections {
  readonly #fine = new Fifo<ClosedConnection>()
  readonly #failed = new Fifo<ClosedConnection>()
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

  add(closed: ClosedConnection): void {
    const kept = closed.summary.closeReason?.failure ? this.#failed : this.#fine
    kept.push(closed)
    this.#trim()
  }

  /** Looks through all, once for however many ids. */
  find(ids: ReadonlySet<string>): ClosedConnection[] {
    return [...this.#fine, ...this.#failed].filter(({ summary }) => ids.has(summary.id))
  }

  /** The one that closed last comes first. */
  list(): ClosedConnection[] {
    const all = [...this.#fine, ...this.#failed]
    return all.sort((a, b) => (b.summary.closedAt ?? 0) - (a.summary.closedAt ?? 0))
  }

  #trim(): void {
    while (this.#fine.size + this.#failed.size > this.#keep) {
      const crowd = this.#fine.size > this.#keep / 4 ? this.#fine : this.#failed
      const oldest = crowd.shift()
      if (oldest === undefined) return
      this.#onForget(oldest.summary.id)
    }
  }
}
