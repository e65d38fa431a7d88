import { closeSync, openSync, readSync } from 'node:fs'
import { conflict } from '../../shared/errors.ts'
import { describeSystemError } from '../app/system-error.ts'

/** The text of a file that was named, or of stdin for "-". Throws a conflict where it can't be read. */
export function readInput(path: string): string {
  try {
    return readText(path === '-' ? stdin : path)
  } catch (error) {
    throw conflict(`${inputName(path)} can not be read: ${describeSystemError(error)}`)
  }
}

/** For sentences, which would write a name at their start with a capital. */
export function inputName(path: string): string {
  return path === '-' ? 'stdin' : `The file ${path}`
}

const stdin = 0
const mostMegabytes = 64

/** The text of what a command is to read once, which may be a pipe. Throws where it can't be read, or does not end. */
export function readText(path: string | typeof stdin): string {
  const file = path === stdin ? stdin : openSync(path, 'r')
  try {
    return readToEnd(file)
  } finally {
    if (file !== stdin) closeSync(file)
  }
}

function readToEnd(file: number): string {
  const chunks: Buffer[] = []
  for (let size = 0; size <= mostMegabytes * 2 ** 20;) {
    const buffer = Buffer.alloc(64 * 1024)
    const count = readSync(file, buffer)
    if (count === 0) return Buffer.concat(chunks).toString('utf8')
    chunks.push(buffer.subarray(0, count))
    size += count
  }
  throw new Error(`it is longer than ${mostMegabytes} MB`)
}
