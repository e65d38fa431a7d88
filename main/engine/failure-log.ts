import type { Failure } from '../../shared/errors.ts'
import { explainInFull } from '../../shared/texts/explain.ts'
import type { EngineLogEntry } from './api.ts'
import type { Connection } from './connection.ts'

/** Failures alike within this time are counted, not written one by one. */
const foldMs = 5000

interface Fold {
  readonly entry: EngineLogEntry
  readonly timer: NodeJS.Timeout
  more: number
}

/** Writes one sentence for a failed connection, and one count for a flood of the same. */
export class FailureLog {
  readonly #write: (entry: EngineLogEntry) => void
  readonly #folds = new Map<string, Fold>()

  constructor(write: (entry: EngineLogEntry) => void) {
    this.#write = write
  }

  add(connection: Connection, failure: Failure): void {
    const { rule } = connection
    const key = [rule.id, failure.code, failure.stage, failure.hop?.id, failure.target].join(' ')
    const fold = this.#folds.get(key)
    if (fold) {
      fold.more += 1
      return
    }
    const entry: EngineLogEntry = {
      at: Date.now(),
      level: failure.code === 'internal' ? 'error' : 'warn',
      message: `${rule.name}, connection ${connection.id} from ${connection.client}: ${explainInFull(failure)}`,
      ruleId: rule.id,
      connectionId: connection.id,
      ...(failure.hop?.id !== undefined && { hopId: failure.hop.id }),
    }
    this.#write(entry)
    const timer = setTimeout(() => this.#unfold(key), foldMs)
    timer.unref()
    this.#folds.set(key, { entry, timer, more: 0 })
  }

  close(): void {
    for (const [key, { timer }] of this.#folds) {
      clearTimeout(timer)
      this.#unfold(key)
    }
  }

  #unfold(key: string): void {
    const fold = this.#folds.get(key)
    this.#folds.delete(key)
    if (!fold || fold.more === 0) return
    const { connectionId: _one, ...entry } = fold.entry
    const times = fold.more === 1 ? 'once more' : `${fold.more} more times`
    this.#write({ ...entry, at: Date.now(), message: `${entry.message} (${times} since)` })
  }
}
