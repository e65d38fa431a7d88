import type { StageRecord } from '../runtime.ts'
import type { Noted } from '../stage-note.ts'
import type { TextLanguage } from './explain.ts'
import { describeNotesBy, noteBy, type NoteTexts } from './note-by.ts'
import { german } from './notes-de.ts'
import { english } from './notes-en.ts'

// For those that have every language at hand; the window fetches the texts of one.

const languages: Readonly<Record<TextLanguage, NoteTexts>> = { en: english, de: german }

export function describeNotes(notes: readonly Noted[], language: TextLanguage = 'en'): string {
  return describeNotesBy(languages[language], notes)
}

/** What a stage notes, in a language as far as it is known in more than English. */
export function noteOf(
  record: Pick<StageRecord, 'note' | 'notes'>,
  language: TextLanguage,
): string | undefined {
  return language === 'en' ? record.note : noteBy(languages[language], record)
}
