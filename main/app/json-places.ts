import type { Issue } from '../../shared/model/issues.ts'
import { JsonMistake, scanJson, type PathKey } from './json-scanner.ts'

/** Where something is in a text, both counted from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

export type JsonPlaces =
  | {
      readonly ok: true
      /** Of a value, or of its name where that stands in its object a second time. */
      placeOf(path: Issue['path']): Place
    }
  | { readonly ok: false; readonly place: Place; readonly message: string }

/** Finds the places of a JSON text's values, or of its first mistake. */
export function locateJson(text: string): JsonPlaces {
  try {
    const starts: Starts = { offset: 0, parts: undefined }
    const repeated = scanJson(text, (path, offset) => {
      note(starts, path, offset)
    })
    for (const { path, offset } of repeated) note(starts, path, offset)
    const toPlace = placesIn(text)
    return { ok: true, placeOf: (path) => toPlace(nearest(starts, path)) }
  } catch (error) {
    if (!(error instanceof JsonMistake)) throw error
    return { ok: false, place: placesIn(text)(error.offset), message: error.message }
  }
}

/**
 * What a JSON text says twice, as mistakes: only the last counts, and the others are lost without a word. Of a text that
 * `scanJson` gives up on, nothing.
 */
export function findRepeated(text: string): Issue[] {
  try {
    return scanJson(text).map(({ path }) => {
      const message = `"${path.at(-1)}" stands here a second time, and only the last one counts: leave one`
      return { path, message }
    })
  } catch (error) {
    if (error instanceof JsonMistake) return []
    throw error
  }
}

/** The start of a value, or of the innermost one around it where it is missing. */
function nearest(starts: Starts, path: Issue['path']): number {
  let at = starts
  for (const key of path) {
    const part = at.parts?.get(key)
    if (!part) break
    at = part
  }
  return at.offset
}

/** Where a value starts, and those in it; a tree, since a text may have a million. */
interface Starts {
  offset: number
  parts: Map<PathKey, Starts> | undefined
}

function note(starts: Starts, path: readonly PathKey[], offset: number): void {
  let at = starts
  for (const key of path) {
    at.parts ??= new Map()
    let part = at.parts.get(key)
    if (!part) at.parts.set(key, (part = { offset, parts: undefined }))
    at = part
  }
  at.offset = offset
}

/** Looks for line ends once: a long text may have many mistakes. */
function placesIn(text: string): (offset: number) => Place {
  const starts = [0]
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
  return (offset) => {
    let [first, behind] = [0, starts.length]
    while (behind - first > 1) {
      const middle = (first + behind) >> 1
      if ((starts[middle] ?? 0) <= offset) first = middle
      else behind = middle
    }
    const line = text.slice(starts[first], offset).replace(/^\ufeff/, '')
    return { line: first + 1, column: line.length + 1 }
  }
}
