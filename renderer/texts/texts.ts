import type { Language } from '../../shared/model/settings.ts'
import { en } from './en.ts'

/** What the window says, in one language. A language that lacks a text does not compile. */
export type Texts = typeof en

export type TextLanguage = 'en' | 'de'

/** English is always there; other languages are fetched by those who read them. */
export async function loadTexts(language: TextLanguage): Promise<Texts> {
  if (language === 'en') return en
  const { de } = await import('./de.ts')
  return de
}

/** The language to use: the chosen one, or the first of the system's that we have. */
export function chooseLanguage(chosen: Language, preferred: readonly string[]): TextLanguage {
  if (chosen !== 'system') return chosen
  for (const tag of preferred) {
    const [language] = tag.toLowerCase().split('-')
    if (language === 'de' || language === 'en') return language
  }
  return 'en'
}
