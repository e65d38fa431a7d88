import type { Clue } from '../../../shared/clue.ts'
import { NexthopError, type Unidentified } from '../../../shared/errors.ts'

/** Nothing that the client sent tells where it wants to go. */
export function unidentified(reason: Unidentified, clue?: Clue): NexthopError {
  return new NexthopError({
    code: 'bad-request',
    stage: 'identify',
    unidentified: reason,
    ...(clue && { clue }),
  })
}

/** The client was given its time. */
export function tooLate(afterMs: number): NexthopError {
  return new NexthopError({ code: 'timeout', stage: 'identify', afterMs })
}

/** The client ended or vanished before it had said enough. Not a failure of ours, so it is told as the client's end. */
export class ClientEnded extends Error {}
