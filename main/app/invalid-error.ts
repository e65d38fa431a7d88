import { NexthopError } from '../../shared/errors.ts'
import type { Issue } from '../../shared/model/issues.ts'

/** Input or a document with mistakes; each with its place in what was given. */
export class InvalidError extends NexthopError {
  readonly issues: readonly Issue[]
  /** The config file that has them; undefined for other input. */
  readonly file: string | undefined

  constructor(message: string, issues: readonly Issue[], file?: string) {
    super({ code: 'bad-request', message })
    this.issues = issues
    this.file = file
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
