import type { Stage } from '../errors.ts'
import type { During } from './failure-texts.ts'

// What is said of a hop that broke off the connection, by the stage at which it did.

export interface Breaks {
  readonly during: During
  /** What to try. */
  readonly advice: During
}

export function atStage(words: During, stage: Stage | undefined): string {
  return (stage && words[stage]) ?? words.other
}
