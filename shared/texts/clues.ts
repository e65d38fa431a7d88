import type { Clue, NamedClue } from '../clue.ts'

// What the first bytes of a client tell, in words.

export interface ClueTexts {
  readonly words: Readonly<Record<NamedClue | 'unknown', string>>
  readonly moreThan: (bytes: number) => string
  readonly but: string
}

/** As part of a line. Names of protocols stand for themselves. */
export function describeClue({ code, within, bytes }: Clue, { words, moreThan, but }: ClueTexts): string {
  const texts: Readonly<Partial<Record<Clue['code'], string>>> = words
  const whole = `${texts[code] ?? code}${bytes === undefined ? '' : `, ${moreThan(bytes)}`}`
  return within === undefined ? whole : `${within}, ${but} ${whole}`
}
