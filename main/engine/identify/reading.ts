import type { Clue, ClueCode } from '../../../shared/clue.ts'

/**
 * How far a message at the start of a stream was read. The parsers of this folder are functions of all bytes that came
 * so far: they are called again with more of them, keep nothing, and read at most a bounded number of bytes.
 */
export type Reading<T> =
  /** All bytes so far fit, and the message is not complete. */
  | { readonly kind: 'more' }
  /** `length` bytes are the message; what follows belongs to whoever comes next. */
  | { readonly kind: 'done'; readonly value: T; readonly length: number }
  /**
   * It can't become such a message. `why` repeats nothing of what came; undefined where it is something else from its first
   * byte on.
   */
  | { readonly kind: 'wrong'; readonly why: Clue | undefined }

export const more = { kind: 'more' } as const

export function done<T>(value: T, length: number): Reading<T> {
  return { kind: 'done', value, length }
}

/** @param bytes for what is too long: how long it may be */
export function wrong(
  code?: ClueCode,
  bytes?: number,
): { readonly kind: 'wrong'; readonly why: Clue | undefined } {
  return { kind: 'wrong', why: code && { code, ...(bytes !== undefined && { bytes }) } }
}
