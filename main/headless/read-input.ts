import { readFileSync } from 'node:fs'
import { conflict } from '../../shared/errors.ts'
import { describeSystemError } from '../app/system-error.ts'

/** The text of a file that was named, or of stdin for "-". Throws a conflict where it can't be read. */
export function readInput(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8')
  } catch (error) {
    throw conflict(`${path === '-' ? 'stdin' : path} can not be read: ${describeSystemError(error)}`)
  }
}
