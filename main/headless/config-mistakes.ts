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
  if (result.kind === 'valid') return []
  return result.issues
    .map((issue) => ({ place: places.placeOf(issue.path), issue }))
    .sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column)
}
