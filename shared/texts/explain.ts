import type { Failure } from '../errors.ts'
import { explainBy, explainInFullBy } from './explain-by.ts'
import type { Explanation, FailureTexts } from './failure-texts.ts'
import { german } from './failures-de.ts'
import { english } from './failures-en.ts'

// For those that have every language at hand; the window fetches the texts of one.

export type TextLanguage = 'en' | 'de'

const languages: Readonly<Record<TextLanguage, FailureTexts>> = { en: english, de: german }

/** Turns a failure into words. Never contains a password. */
export function explain(failure: Failure, language: TextLanguage = 'en'): Explanation {
  return explainBy(languages[language], failure)
}

/** Both parts as prose: "What happened. What to try." */
export function explainInFull(failure: Failure, language: TextLanguage = 'en'): string {
  return explainInFullBy(languages[language], failure)
}
