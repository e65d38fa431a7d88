import type { ReportSubject } from '../../../shared/texts/client-report.ts'

/** What to do next, given all that the client said so far and that was not used up. */
export type AnswerStep =
  /** More of what the client says is needed. */
  | { readonly kind: 'wait' }
  /** Says something, and goes on after the first `used` bytes of what the client said. */
  | { readonly kind: 'say'; readonly bytes: Buffer; readonly used: number }
  /** The whole answer: the connection ends after it. */
  | { readonly kind: 'last'; readonly bytes: Buffer }

/**
 * How a protocol tells a client that its connection failed. A pure function; `isAll` says that the client will say no
 * more, or that nobody waits any longer: then the step must be the last.
 */
export type Answer = (heard: Buffer, subject: ReportSubject, isAll: boolean) => AnswerStep

export const wait: AnswerStep = { kind: 'wait' }

export function last(bytes: Buffer | string): AnswerStep {
  return { kind: 'last', bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes }
}
