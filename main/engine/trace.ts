import { performance } from 'node:perf_hooks'
import type { Failure, Stage } from '../../shared/errors.ts'
import type { StageRecord } from '../../shared/runtime.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** Unix milliseconds with fractions; never steps back while the process runs. */
export function now(): number {
  return performance.timeOrigin + performance.now()
}

/** Of a connection with very many stages, as of an HTTP proxy's client, the first and the latest are kept. */
const mostStages = 300
const firstKept = 100

/**
 * The stages of one connection as they happen. One stage at a time; beginning one ends the one before. Where nobody wants
 * them, only the present one is known.
 */
export class Trace {
  readonly isKept: boolean
  readonly #stages: Writable<StageRecord>[] = []
  readonly #onChange: (() => void) | undefined
  #relayedAt: number | undefined
  #dropped = 0

  /** @param onChange told whenever a stage begins or ends */
  constructor(onChange?: () => void, isKept = true) {
    this.#onChange = onChange
    this.isKept = isKept
  }

  get stages(): readonly StageRecord[] {
    return this.isKept ? this.#stages : []
  }

  get stage(): Stage {
    return this.#stages.at(-1)?.stage ?? 'accept'
  }

  /** Where a connection that began at a time is, and how long it took until the first relay began. */
  progress(since: number): { readonly stage: Stage; readonly setupMs?: number } {
    const relayedAt = this.#relayedAt
    return { stage: this.stage, ...(relayedAt !== undefined && { setupMs: relayedAt - since }) }
  }

  begin(stage: Stage, hopName?: string, note?: string): void {
    const startedAt = now()
    this.#end(startedAt)
    if (stage === 'relay') this.#relayedAt ??= startedAt
    const record: Writable<StageRecord> = { stage, startedAt }
    if (hopName !== undefined) record.hopName = hopName
    if (note !== undefined) record.note = note
    if (!this.isKept) this.#stages.length = 0
    else if (this.#stages.length >= mostStages) this.#makeRoom()
    this.#stages.push(record)
    this.#onChange?.()
  }

  /** Adds to what was decided or seen in the present stage. */
  note(text: string): void {
    const current = this.#stages.at(-1)
    if (current && this.isKept) current.note = current.note === undefined ? text : `${current.note}; ${text}`
  }

  /** Ends the present stage as failed. */
  fail(failure: Failure, at = now()): void {
    const current = this.#stages.at(-1)
    if (current) current.failure = failure
    this.end(at)
  }

  end(at = now()): void {
    this.#end(at)
    this.#onChange?.()
  }

  #end(at: number): void {
    const current = this.#stages.at(-1)
    if (current && current.durationMs === undefined) current.durationMs = at - current.startedAt
  }

  /** Half of the later ones go at once, so that this is rare. */
  #makeRoom(): void {
    const count = Math.floor((mostStages - firstKept) / 2)
    this.#stages.splice(firstKept, count)
    this.#dropped += count
    const next = this.#stages[firstKept]
    if (next)
      next.note = [next.note, `${this.#dropped} stages before it are left out`].filter(Boolean).join('; ')
  }
}
