import { fill, type GapWords, type Said } from '../told.ts'
import { germanAppMistakes } from './app-mistakes-de.ts'
import { germanFieldMistakes } from './field-mistakes-de.ts'
import { germanLabels, germanNouns, germanUnits } from './labels-de.ts'
import { germanPartMistakes } from './part-mistakes-de.ts'

/** By the English sentence. */
export const germanMistakes = { ...germanFieldMistakes, ...germanPartMistakes, ...germanAppMistakes }

const sentences: Readonly<Partial<Record<string, string>>> = germanMistakes
const labels: Readonly<Partial<Record<string, string>>> = germanLabels
const nouns: Readonly<Partial<Record<string, string>>> = germanNouns
const units: Readonly<Partial<Record<string, string>>> = germanUnits

const german: GapWords = {
  quote: (text) => `„${text}“`,
  or: 'oder',
  and: 'und',
  more: (count) => `${count} weitere`,
  label: (label) => `„${typeof label === 'string' ? (labels[label] ?? label) : label.de}“`,
  noun: (noun) => nouns[noun] ?? noun,
  unit: (unit) => units[unit] ?? unit,
  said: inGerman,
}

/** In English where there is no German: an app of another version may know other sentences. */
export function inGerman({ message, told }: Said): string {
  const says = told && sentences[told.says]
  return says === undefined ? message : fill({ ...told, says }, german)
}
