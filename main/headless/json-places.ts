import type { Issue } from '../../shared/model/issues.ts'
import { JsonMistake, pathKey, scanJson } from './json-scanner.ts'

/** Where something is in a text, both counted from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

export type JsonPlaces =
  | {
      readonly ok: true
      placeOf(path: Issue['path']): Place
      /** Names that stand in an object a second time. */
      readonly repeated: readonly { readonly path: Issue['path']; readonly place: Place }[]
    }
  | { readonly ok: false; readonly place: Place; readonly message: string }

/** Finds the places of a JSON text's values, or of its first mistake. */
export function locateJson(text: string): JsonPlaces {
  try {
    const { starts, repeated } = scanJson(text)
    return {
      ok: true,
      placeOf: (path) => placeAt(text, nearest(starts, path)),
      repeated: repeated.map(({ path, offset }) => ({ path, place: placeAt(text, offset) })),
    }
  } catch (error) {
    if (!(error instanceof JsonMistake)) throw error
    return { ok: false, place: placeAt(text, error.offset), message: error.message }
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
