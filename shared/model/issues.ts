import type * as v from 'valibot'
import { say, saidOf, type Said } from '../told.ts'

/** One mistake in a value: where it is and what to do about it. */
export interface Issue extends Said {
  /** Keys and indexes from the outermost value to the mistake; empty for the value itself. */
  readonly path: readonly (string | number)[]
}

/** `rules[2].listen.port`; the empty path is the whole value and prints as nothing. */
export function formatPath(path: Issue['path']): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`
    return text === '' ? key : `${text}.${key}`
  }, '')
}

/** `rules[2].listen.port: Listen port must be …`. */
export function formatIssue({ path, message }: Issue): string {
  return path.length === 0 ? message : `${formatPath(path)}: ${message}`
}

/** Turns valibot's issues into ours; unknown and missing fields get sentences of their own. */
export function toIssues(issues: readonly v.BaseIssue<unknown>[]): Issue[] {
  return issues.map((issue) => {
    const path = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)))
    return { path, ...toSaid(issue, path.at(-1) ?? '') }
  })
}

function toSaid(issue: v.BaseIssue<unknown>, key: string | number): Said {
  if (issue.type !== 'strict_object') return saidOf(issue)
  if (issue.expected === 'never') {
    return say('"{key}" is not a field here: check its spelling, or remove it', { key })
  }
  if (issue.received === 'undefined') return say('"{key}" is missing', { key })
  return say('must be an object, not {received}', { received: issue.received })
}
