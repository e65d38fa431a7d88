import { NexthopError } from '../../shared/errors.ts'
import type { Issue } from '../../shared/model/issues.ts'
import { say, type Said } from '../../shared/told.ts'

/** Input or a document with mistakes; each with its place in what was given. */
export class InvalidError extends NexthopError {
  readonly issues: readonly Issue[]
  /** The config file that has them; undefined for other input. */
  readonly file: string | undefined

  constructor({ message, told }: Said, issues: readonly Issue[], file?: string) {
    super({ code: 'bad-request', message, ...(told && { told }) })
    this.issues = issues
    this.file = file
  }
}

/** The first mistake in words, and how many more there are. */
export function summarize(issues: readonly Issue[]): Said {
  const [first] = issues
  if (!first) return say('The request is not valid')
  const mistake = withoutPath(first)
  const more = issues.length - 1
  if (more === 0) return mistake
  return more === 1
    ? say('{mistake} (and 1 more mistake)', { mistake })
    : say('{mistake} (and {more} more mistakes)', { mistake, more })
}

function withoutPath({ message, told }: Issue): Said {
  return told ? { message, told } : { message }
}
