import { readFileSync } from 'node:fs'

/** The value in a JSON file; undefined where there is none, or it is none. @param {string} path @returns {unknown} */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
