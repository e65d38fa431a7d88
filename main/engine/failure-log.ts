import { performance } from 'node:perf_hooks'
import type { Failure } from '../../shared/errors.ts'
import { formatDuration } from '../../shared/format.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'
import { explainInFull } from '../../shared/texts/explain.ts'
import type { EngineLogEntry } from './api.ts'
import type { Connection } from './connection.ts'

/** Failures alike within this time are counted, not written one by one. */
const foldMs = 5000

/** What is told of a connection; the connection itself would keep its sockets and buffers in memory. */
type Told = Pick<Connection, 'id' | 'client' | 'rule'>

interface Fold {
  readonly timer: NodeJS.Timeout
  /** As performance.now() has it. */
  readonly since: number
  more: number
  /** The last one of those. */
  last: Told
  lastAt: number
  failure: Failure
}

/**
 * Writes one sentence for a failed connection at once, and one later for more of the same, which says when they were: the
 * log is in the order of its lines.
 */
export class FailureLog {
  readonly #write: (entry: EngineLogEntry) => void
  readonly #folds = new Map<string, Fold>()

  constructor(write: (entry: EngineLogEntry) => void) {
    this.#write = write
  }

  add({ id, client, rule }: Told, failure: Failure): void {
    const told = { id, client, rule }
    const key = keyOf(told, failure)
    const fold = this.#folds.get(key)
    if (fold) {
      fold.more += 1
      fold.last = told
      fold.lastAt = performance.now()
      fold.failure = failure
      return
    }
    this.#write(entryOfOne(told, failure))
    const timer = setTimeout(() => this.#unfold(key), foldMs)
    timer.unref()
    const since = performance.now()
    this.#folds.set(key, { timer, since, more: 0, last: told, lastAt: since, failure })
  }

  /** Tells now of the failures at a hop, before it is told that it is up again. */
  flush(hopId: string): void {
    for (const [key, { failure }] of this.#folds) if (failure.hop?.id === hopId) this.#unfold(key)
  }

  close(): void {
    for (const key of this.#folds.keys()) this.#unfold(key)
  }

  /** One more is told as it is; of a flood, the count, which has no connection's number. */
  #unfold(key: string): void {
    const fold = this.#folds.get(key)
    this.#folds.delete(key)
    clearTimeout(fold?.timer)
    if (!fold || fold.more === 0) return
    const { last, lastAt, since, more } = fold
    const failure = lasting(fold.failure)
    const now = performance.now()
    this.#write(
      more === 1
        ? entryOfOne(last, failure, ` (${formatDuration(now - lastAt)} ago)`)
        : entryOfMany(
            last.rule,
            failure,
            `${more} more connections in the last ${formatDuration(now - since)}`,
          ),
    )
  }
}

/**
 * The same for failures that have the same cause, whoever the client was. That a hop failed is one cause, that it is left
 * alone since then another.
 */
function keyOf({ client, rule }: Told, failure: Failure): string {
  const { earlier: _others, ...cause } = lasting(failure)
  const isLeftAlone = failure.waitMs !== undefined
  return JSON.stringify([rule.id, isLeftAlone, cause]).replaceAll(client, '')
}

/** Without what was true at its moment alone: for how much longer a hop is left alone. */
function lasting({ waitMs: _passing, earlier, ...failure }: Failure): Failure {
  return { ...failure, ...(earlier && { earlier: earlier.map(lasting) }) }
}

function entryOfOne({ id, client, rule }: Told, failure: Failure, when = ''): EngineLogEntry {
  const message = `${rule.name}, connection ${id} from ${client}: ${explainInFull(failure)}${when}`
  return { ...entryAbout(rule, failure, message), connectionId: id }
}

function entryOfMany(rule: PortRule, failure: Failure, count: string): EngineLogEntry {
  return entryAbout(rule, failure, `${rule.name}: ${explainInFull(failure)} (${count})`)
}

function entryAbout(rule: PortRule, failure: Failure, message: string): EngineLogEntry {
  return {
    at: Date.now(),
    level: failure.code === 'internal' ? 'error' : 'warn',
    message,
    ruleId: rule.id,
    ...(failure.hop?.id !== undefined && { hopId: failure.hop.id }),
  }
}
