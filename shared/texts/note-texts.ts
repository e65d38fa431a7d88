import type { Noted, StageNote } from '../stage-note.ts'
import type { StageRecord } from '../runtime.ts'
import type { TextLanguage } from './explain.ts'
import { german } from './notes-de.ts'
import { english } from './notes-en.ts'

/** The words of each kind of note, as part of a line: without a capital at the start or a full stop. */
export type NoteTexts = {
  readonly [Code in StageNote['code']]: (note: Extract<StageNote, { readonly code: Code }>) => string
}

const languages: Readonly<Record<TextLanguage, NoteTexts>> = { en: english, de: german }

export function describeNotes(notes: readonly Noted[], language: TextLanguage = 'en'): string {
  const texts = languages[language]
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

/** What a stage notes, in a language as far as it is known in more than English. */
export function noteOf(
  { note, notes }: Pick<StageRecord, 'note' | 'notes'>,
  language: TextLanguage,
): string | undefined {
  return notes && language !== 'en' ? describeNotes(notes, language) : note
}
