import { formatRate } from '../format.ts'
import type { StageRecord } from '../runtime.ts'
import type { Noted, StageNote } from '../stage-note.ts'

/** The words of each kind of note, as part of a line: without a capital at the start or a full stop. */
export type NoteTexts = {
  readonly [Code in StageNote['code']]: (note: Extract<StageNote, { readonly code: Code }>) => string
}

export function describeNotesBy(texts: NoteTexts, notes: readonly Noted[]): string {
  return notes.map((note) => (typeof note === 'string' ? note : describe(texts, note))).join('; ')
}

function describe<Code extends StageNote['code']>(
  texts: NoteTexts,
  note: Extract<StageNote, { readonly code: Code }>,
): string {
  // Text and note belong together by the code, which TypeScript does not follow through a union.
  const text = texts[note.code] as unknown as (note: StageNote) => string
  return text(note)
}

/** What a stage notes; in the English in which it came where it is known in no other language. */
export function noteBy(
  texts: NoteTexts,
  { note, notes }: Pick<StageRecord, 'note' | 'notes'>,
): string | undefined {
  return notes ? describeNotesBy(texts, notes) : note
}

/** `, 1.2 MB/s`; '' where there is none. */
export function rateOf(bytes: number, seconds: number): string {
  return bytes > 0 && seconds > 0 ? `, ${formatRate(bytes / seconds)}` : ''
}
