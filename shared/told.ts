import type { germanLabels, germanNouns, germanUnits } from './texts/labels-de.ts'
import type { germanMistakes } from './texts/mistakes-de.ts'

// What is wrong with a request or a config, as a sentence. It is written in English where the mistake is found, and is
// English for the command line and the log; beside it goes what it is made of, so that a window can say the same in its
// language. A sentence that shared/texts has no German for does not compile.

export type Sentence = keyof typeof germanMistakes
export type Noun = keyof typeof germanNouns
export type Unit = keyof typeof germanUnits

/** What a field is called: by us, or in each language by whoever asks for it. */
export type Label = keyof typeof germanLabels | Both
interface Both {
  readonly en: string
  readonly de: string
}

/** A sentence, whole or a part of one; `told` is absent where it is known in English alone. */
export interface Said {
  readonly message: string
  readonly told?: Told
}

/** Values stand for themselves; a list is one of choices. */
type Gap = string | number | Both | readonly string[] | Said

export interface Told {
  /** The sentence with its gaps, `{label} must be text`. */
  readonly says: string
  readonly gaps?: Readonly<Record<string, Gap>>
}

/** Gaps that hold something other than a text or a number. */
interface GapTypes {
  readonly label: Label
  readonly noun: Noun
  readonly unit: Unit
  readonly choices: readonly string[]
  /** Of parts; the first few of them are told. */
  readonly names: readonly string[]
  /** Parts of the sentence. */
  readonly why: Said
  readonly before: Said
  readonly users: Said
  /** A sentence of its own. */
  readonly mistake: Said
}

// JSON in a sentence has braces, too, and quotation marks in them.
type GapsIn<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${string}"${string}` ? never : Name) | GapsIn<Rest>
  : never

type GapsOf<S extends string> = [GapsIn<S>] extends [never]
  ? []
  : [gaps: { readonly [K in GapsIn<S>]: K extends keyof GapTypes ? GapTypes[K] : string | number }]

export function say<const S extends Sentence>(says: S, ...[gaps]: GapsOf<S>): Said {
  return told(gaps ? { says, gaps } : { says })
}

function told(told: Told): Said {
  return { message: fill(told, english), told }
}

/** The same as the message of a valibot schema. Its issues have no place for more than a sentence, so one is made. */
export function saying<const S extends Sentence>(says: S, ...gaps: GapsOf<S>): (issue: object) => string {
  return passOn(say(says, ...gaps))
}

export function passOn(said: Said): (issue: object) => string {
  return (issue) => {
    Object.assign(issue, { told: said.told })
    return said.message
  }
}

/** What `saying` left on an issue of valibot's. */
export function saidOf(issue: { readonly message: string; readonly told?: Told | undefined }): Said {
  return issue.told ? { message: issue.message, told: issue.told } : { message: issue.message }
}

/** How a language puts things into gaps. */
export interface GapWords {
  readonly quote: (text: string) => string
  readonly or: string
  readonly and: string
  readonly more: (count: number) => string
  readonly label: (label: Label) => string
  readonly noun: (noun: string) => string
  readonly unit: (unit: string) => string
  readonly said: (said: Said) => string
}

const english: GapWords = {
  quote: (text) => `"${text}"`,
  or: 'or',
  and: 'and',
  more: (count) => `${count} more`,
  label: (label) => (typeof label === 'string' ? label : label.en),
  noun: (noun) => noun,
  unit: (unit) => unit,
  said: ({ message }) => message,
}

/** @param says in the language of the words */
export function fill({ says, gaps = {} }: Told, words: GapWords): string {
  return says.replace(/\{(\w+)\}/g, (_, name: string) => {
    const gap = gaps[name]
    if (gap === undefined) return ''
    if (name === 'label') return words.label(gap as Label)
    if (isList(gap)) return name === 'names' ? allOf(gap, words) : joined(gap.map(words.quote), words.or)
    if (typeof gap === 'object') return words.said(gap as Said)
    if (name === 'noun') return words.noun(String(gap))
    return name === 'unit' ? words.unit(String(gap)) : String(gap)
  })
}

function isList(gap: Gap): gap is readonly string[] {
  return Array.isArray(gap)
}

const mostNames = 3

/** `"a" and "b"`; `"a", "b", "c" and 4 more`. */
function allOf(names: readonly string[], { quote, and, more }: GapWords): string {
  const shown = names.slice(0, mostNames).map(quote)
  const rest = names.length - shown.length
  return joined(rest > 0 ? [...shown, more(rest)] : shown, and)
}

/** `a, b or c`. */
function joined(texts: readonly string[], word: string): string {
  return [texts.slice(0, -1).join(', '), ...texts.slice(-1)].filter((text) => text !== '').join(` ${word} `)
}
