import type { Clue, NamedClue } from '../clue.ts'

export interface ClueTexts {
  /** As part of a line. What is wrong is said of the client's bytes as "it". */
  readonly named: Readonly<Record<NamedClue | 'unknown', string>>
  readonly within: (protocol: NonNullable<Clue['within']>, text: string) => string
  readonly moreThan: (bytes: number) => string
}

/** Names of protocols stand for themselves. */
export function describeClue(texts: ClueTexts, { code, within, bytes }: Clue): string {
  const words: Readonly<Partial<Record<Clue['code'], string>>> = texts.named
  const text = `${words[code] ?? code}${bytes === undefined ? '' : `, ${texts.moreThan(bytes)}`}`
  return within === undefined ? text : texts.within(within, text)
}
