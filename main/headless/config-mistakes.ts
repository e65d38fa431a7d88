import type { Issue } from '../../shared/model/issues.ts'
import { readDocument } from '../app/config-document.ts'
import { locateJson, type Place } from './json-places.ts'

export interface Mistake {
  readonly place: Place
  readonly issue: Issue
}

/** All mistakes of a config's text, in the order of their places. */
export function findMistakes(text: string): Mistake[] {
  const places = locateJson(text)
  if (!places.ok) {
    return [{ place: places.place, issue: { path: [], message: `not JSON: ${places.message}` } }]
  }
  const result = readDocument(text)
  const issues = result.kind === 'valid' ? [] : result.issues
  const repeated = places.repeated.map(({ path, place }) => {
    const message = `"${path.at(-1)}" stands here a second time, and only the last one counts: leave one`
    return { place, issue: { path, message } }
  })
  return [...issues.map((issue) => ({ place: places.placeOf(issue.path), issue })), ...repeated].sort(
    (a, b) => a.place.line - b.place.line || a.place.column - b.place.column,
  )
}

/** What a valid config says in vain, in the order of the places. */
export function findNotes(text: string): Mistake[] {
  const places = locateJson(text)
  const result = readDocument(text)
  if (!places.ok || result.kind !== 'valid') return []
  const { rules, conditions } = result.config
  return rules.flatMap((rule, index) => {
    const isConditioned = [...conditions, ...rule.conditions].some(({ enabled }) => enabled)
    if (rule.onAllDown !== 'unbind' || !isConditioned) return []
    const message = 'with conditions, some connections may go another way, so "unbind" never stops listening'
    const path = ['rules', index, 'onAllDown']
    return [{ place: places.placeOf(path), issue: { path, message } }]
  })
}
