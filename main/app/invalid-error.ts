import { NexthopError } from '../../shared/errors.ts'
import type { Issue } from '../../shared/model/issues.ts'

/** Input or a document with mistakes; each with its place in what was given. */
export class InvalidError extends NexthopError {
  readonly issues: readonly Issue[]

  constructor(message: string, issues: readonly Issue[]) {
    super({ code: 'bad-request', message })
    this.issues = issues
  }
}

/** The first mistake in words, and how many more there are. */
export function summarize(issues: readonly Issue[]): string {
  const [first] = issues
  if (!first) return 'The request is not valid'
  const more = issues.length - 1
  if (more === 0) return first.message
  return `${first.message} (and ${more} more ${more === 1 ? 'mistake' : 'mistakes'})`
}
