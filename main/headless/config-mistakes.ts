import { readFileSync } from 'node:fs'
import type { Config } from '../../shared/model/config.ts'
import { formatIssue, type Issue } from '../../shared/model/issues.ts'
import { readDocument } from '../app/config-document.ts'
import type { InvalidError } from '../app/invalid-error.ts'
import { locateJson, type Place } from '../app/json-places.ts'
import { findOpenPassword } from './open-password.ts'

export interface Mistake {
  readonly place: Place
  readonly issue: Issue
}

/** All mistakes of a config's text, in the order of their places. */
export function findMistakes(text: string): Mistake[] {
  const result = readDocument(text)
  if (result.kind === 'valid') return []
  const places = locateJson(text)
  if (!places.ok) {
    return [{ place: places.place, issue: { path: [], message: `not JSON: ${places.message}` } }]
  }
  return result.issues
    .map((issue) => ({ place: places.placeOf(issue.path), issue }))
    .sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column)
}

/** What is no mistake in the text of a valid config file, but worth a look. */
export function findNotes(text: string, file: string): Mistake[] {
  const result = readDocument(text)
  if (result.kind !== 'valid') return []
  const open = findOpenPassword(result.config, file)
  const notes = [...(open ? [open] : []), ...vainUnbinds(result.config)]
  const places = notes.length > 0 && locateJson(text)
  if (!places || !places.ok) return []
  return notes.map((issue) => ({
    place: places.placeOf(issue.path),
    issue,
  }))
}

function vainUnbinds({ rules, conditions }: Config): Issue[] {
  return rules.flatMap((rule, index) => {
    const isConditioned = [...conditions, ...rule.conditions].some(({ enabled }) => enabled)
    if (rule.onAllDown !== 'unbind' || !isConditioned) return []
    const message = 'with conditions, some connections may go another way, so "unbind" never stops listening'
    return [{ path: ['rules', index, 'onAllDown'], message }]
  })
}

/** FILE:LINE:COLUMN: FIELD: what is wrong. */
export function formatMistake(file: string, { place, issue }: Mistake, kind = ''): string {
  return `${file}:${place.line}:${place.column}: ${kind}${formatIssue(issue)}`
}

/** More of them nobody reads; they are told as a number. */
export const mostTold = 100

export function andMore(count: number): string {
  return `and ${count} more ${count === 1 ? 'mistake' : 'mistakes'}`
}

/** Each mistake on a line; with its place where it is one of a config file. */
export function tellMistakes({ issues, file }: InvalidError): string[] {
  const found = file === undefined ? [] : readMistakes(file)
  if (file === undefined || found.length === 0) return issues.map(formatIssue)
  return found.map((mistake) => formatMistake(file, mistake))
}

/** As many of them as anybody reads. */
export function tellFirstMistakes(error: InvalidError): string[] {
  const lines = tellMistakes(error)
  const more = lines.length - mostTold
  return more > 0 ? [...lines.slice(0, mostTold), andMore(more)] : lines
}

/** The file may have changed again since. */
function readMistakes(file: string): Mistake[] {
  try {
    return findMistakes(readFileSync(file, 'utf8'))
  } catch {
    return []
  }
}
