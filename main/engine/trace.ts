import { performance } from 'node:perf_hooks'
import type { Failure, Stage } from '../../shared/errors.ts'
import type { StageRecord } from '../../shared/runtime.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** Unix milliseconds with fractions; never steps back while the process runs. */
export function now(): number {
  return performance.timeOrigin + performance.now()
}

/** The stages of one connection as they happen. One stage at a time; beginning one ends the one before. */
export class Trace {
  readonly #stages: Writable<StageRecord>[] = []
  readonly #onChange: (() => void) | undefined
  #relayedAt: number | undefined

  /** @param onChange told whenever a stage begins or ends */
  constructor(onChange?: () => void) {
    this.#onChange = onChange
  }

  get stages(): readonly StageRecord[] {
    return this.#stages
  }

  get stage(): Stage {
    return this.#stages.at(-1)?.stage ?? 'accept'
  }

  /** When the first relay began. */
  get relayedAt(): number | undefined {
    return this.#relayedAt
  }

  begin(stage: Stage, hopName?: string, note?: string): void {
    const startedAt = now()
    this.#end(startedAt)
    if (stage === 'relay') this.#relayedAt ??= startedAt
    const record: Writable<StageRecord> = { stage, startedAt }
    if (hopName !== undefined) record.hopName = hopName
    if (note !== undefined) record.note = note
    this.#stages.push(record)
    this.#onChange?.()
  }

  /** Adds to what was decided or seen in the present stage. */
  note(text: string): void {
    const current = this.#stages.at(-1)
    if (current) current.note = current.note === undefined ? text : `${current.note}; ${text}`
  }

  /** Ends the present stage as failed. */
  fail(failure: Failure): void {
    const current = this.#stages.at(-1)
    if (current) current.failure = failure
    this.end()
  }

  end(): void {
    this.#end(now())
    this.#onChange?.()
  }

  #end(at: number): void {
    const current = this.#stages.at(-1)
    if (current && current.durationMs === undefined) current.durationMs = at - current.startedAt
  }
}
