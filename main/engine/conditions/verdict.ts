import type { Matcher } from '../../../shared/model/condition.ts'
import type { PreparedCondition, Subject } from './prepare.ts'

/** What a condition says of a connection. */
export type Verdict =
  | { readonly kind: 'holds' }
  | { readonly kind: 'no'; readonly matcher: Matcher }
  /** It depends on something that is not known. */
  | { readonly kind: 'open'; readonly matcher: Matcher }
  | { readonly kind: 'off' }

const holds: Verdict = { kind: 'holds' }
const off: Verdict = { kind: 'off' }

/** Asks one condition. What surely does not hold decides, whatever else is not known. */
export function verdictOf({ condition, tests }: PreparedCondition, subject: Subject): Verdict {
  if (!condition.enabled) return off
  let open: Matcher | undefined
  for (const { matcher, holds: test } of tests) {
    const result = test(subject)
    if (result === false) return { kind: 'no', matcher }
    if (result === undefined) open ??= matcher
  }
  return open === undefined ? holds : { kind: 'open', matcher: open }
}

export interface First<T extends PreparedCondition> {
  readonly prepared: T
  /** It would be the first to hold, if it holds. */
  readonly isOpen: boolean
}

/** The first condition that holds, or that could. */
export function firstOf<T extends PreparedCondition>(
  all: readonly T[],
  subject: Subject,
): First<T> | undefined {
  for (const prepared of all) {
    const { kind } = verdictOf(prepared, subject)
    if (kind === 'holds' || kind === 'open') return { prepared, isOpen: kind === 'open' }
  }
  return undefined
}
