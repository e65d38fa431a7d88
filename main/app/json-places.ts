import type { Issue } from '../../shared/model/issues.ts'
import { JsonMistake, scanJson } from './json-scanner.ts'

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
    const starts = new Map<string, number>()
    const repeated = scanJson(text, (path, offset) => starts.set(pathKey(path), offset))
    for (const { path, offset } of repeated) starts.set(pathKey(path), offset)
    return { ok: true, placeOf: (path) => placeAt(text, nearest(starts, path)) }
  } catch (error) {
    if (!(error instanceof JsonMistake)) throw error
    return { ok: false, place: placeAt(text, error.offset), message: error.message }
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
function nearest(starts: ReadonlyMap<string, number>, path: Issue['path']): number {
  for (let length = path.length; length > 0; length -= 1) {
    const offset = starts.get(pathKey(path.slice(0, length)))
    if (offset !== undefined) return offset
  }
  return starts.get(pathKey([])) ?? 0
}

function placeAt(text: string, offset: number): Place {
  const lines = text.slice(0, offset).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.replace(/^\ufeff/, '').length ?? 0) + 1 }
}

/** One text for one path. */
function pathKey(path: Issue['path']): string {
  return JSON.stringify(path)
}
