import * as v from 'valibot'
import { idSchema } from '../model/fields.ts'
import { saying } from '../told.ts'

// How a call is written down, and what several of them take or return.

/** A call: its input is validated at the door; its output is made by our own code, so its type suffices. */
export interface Call<I extends v.GenericSchema, O> {
  readonly summary: string
  readonly input: I
  /** Carries the output's type; there is no value. */
  readonly output?: O
}

export function call<const I extends v.GenericSchema>(summary: string, input: I) {
  return { returns: <O>(): Call<I, O> => ({ summary, input }) }
}

export const nothing = v.strictObject({})
export const ids = v.pipe(
  v.array(idSchema),
  v.minLength(1, saying('Ids is empty: name at least one')),
  v.maxLength(10_000),
)

export interface Saved {
  readonly id: string
}
export interface Removed {
  /** For `trash.restore`. */
  readonly trashId: string
}
export type Done = Record<string, never>

/** A file for the user to keep. */
export interface TextFile {
  readonly filename: string
  readonly text: string
}
