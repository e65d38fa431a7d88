import type { Failure, Stage } from '../../shared/errors.ts'
import type { StageRecord } from '../../shared/runtime.ts'
import type { Noted } from '../../shared/stage-note.ts'
import { describeNotes } from '../../shared/texts/note-texts.ts'
import { wallNow } from './clock.ts'

/** What is noted, or what says it once somebody wants to read it: most traces are never read. It must hold on to little. */
export type Words = Noted | (() => string)

/** A stage as it happens. All fields from the beginning on, so that it stays one object. */
interface Entry {
  readonly stage: Stage
  readonly startedAt: number
  endedAt: number | undefined
  readonly hopName: string | undefined
  words: Words | Words[] | undefined
  failure: Failure | undefined
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
  readonly #entries: Entry[] = []
  #onChange: (() => void) | undefined
  #relayedAt: number | undefined
  #dropped = 0

  /** @param onChange told whenever a stage begins or ends */
  constructor(onChange?: () => void, isKept = true) {
    this.#onChange = onChange
    this.isKept = isKept
  }

  /** As they are now. */
  get stages(): readonly StageRecord[] {
    return this.isKept ? this.#entries.map(toRecord) : []
  }

  get stage(): Stage {
    return this.#entries.at(-1)?.stage ?? 'accept'
  }

  /** Where a connection that began at a time is, and how long it took until the first relay began. */
  progress(since: number): { readonly stage: Stage; readonly setupMs?: number } {
    const relayedAt = this.#relayedAt
    return { stage: this.stage, ...(relayedAt !== undefined && { setupMs: span(since, relayedAt) }) }
  }

  /** Milliseconds since the present stage began. */
  sinceBegin(): number {
    const current = this.#entries.at(-1)
    return current ? span(current.startedAt, wallNow()) : 0
  }

  begin(stage: Stage, hopName?: string, words?: Words): void {
    const startedAt = wallNow()
    this.#end(startedAt)
    if (stage === 'relay') this.#relayedAt ??= startedAt
    if (!this.isKept) this.#entries.length = 0
    else if (this.#entries.length >= mostStages) this.#makeRoom()
    this.#entries.push({ stage, startedAt, endedAt: undefined, hopName, words, failure: undefined })
    this.#onChange?.()
  }

  /** Adds to what was decided or seen in the present stage. */
  note(words: Words): void {
    const current = this.#entries.at(-1)
    if (current && this.isKept) current.words = join(current.words, words)
  }

  /** Ends the present stage as failed. */
  fail(failure: Failure, at = wallNow()): void {
    const current = this.#entries.at(-1)
    if (current) current.failure = failure
    this.end(at)
  }

  end(at = wallNow()): void {
    this.#end(at)
    this.#onChange?.()
  }

  /** It is over: nobody is told any more, so that it can be kept without what it was about. */
  close(): void {
    this.end()
    this.#onChange = undefined
  }

  #end(at: number): void {
    const current = this.#entries.at(-1)
    if (current) current.endedAt ??= at
  }

  /** Half of the later ones go at once, so that this is rare. */
  #makeRoom(): void {
    const count = Math.floor((mostStages - firstKept) / 2)
    this.#entries.splice(firstKept, count)
    this.#dropped += count
    const next = this.#entries[firstKept]
    if (next) next.words = join(next.words, { code: 'left-out', stages: this.#dropped })
  }
}

/** What the clock showed says how long something took, unless it was set back meanwhile. */
function span(from: number, to: number): number {
  return Math.max(0, to - from)
}

function join(before: Entry['words'], words: Words): Words | Words[] {
  if (before === undefined) return words
  return Array.isArray(before) ? [...before, words] : [before, words]
}

function toNotes(words: Words | Words[]): Noted[] {
  const all = Array.isArray(words) ? words : [words]
  return all.map((one) => (typeof one === 'function' ? one() : one))
}

/** Names and addresses alone need no translation. */
function toNote(words: Words | Words[]): Pick<StageRecord, 'note' | 'notes'> {
  const notes = toNotes(words)
  const isPlain = notes.every((note) => typeof note === 'string')
  return { note: describeNotes(notes), ...(!isPlain && { notes }) }
}

function toRecord({ stage, startedAt, endedAt, hopName, words, failure }: Entry): StageRecord {
  return {
    stage,
    startedAt,
    ...(endedAt !== undefined && { durationMs: span(startedAt, endedAt) }),
    ...(hopName !== undefined && { hopName }),
    ...(words !== undefined && toNote(words)),
    ...(failure && { failure }),
  }
}
