import { closeSync, constants, openSync, rmSync, statSync, type BigIntStats } from 'node:fs'
import { resolve } from 'node:path'
import { open, type FileHandle } from 'node:fs/promises'
import { badRequest, conflict, type NexthopError } from '../../shared/errors.ts'
import { describeWriteError } from '../app/system-error.ts'

/**
 * Throws where a file is there already and is not to be overwritten, or where that can't be told. Pipes and devices are
 * there to be written to.
 */
export function refuseExisting(path: string, isForced: boolean): void {
  if (isForced || !statsOf(path)?.isFile()) return
  throw conflict(`The file ${path} is there already: choose another name, or overwrite it with --force`)
}

/** Opens a file for this user alone. Throws a NexthopError that names it. */
export async function openOutput(path: string): Promise<FileHandle> {
  try {
    const file = await open(path, 'w', 0o600)
    // One that was there keeps its mode otherwise; that of a device or pipe is everybody's.
    if ((await file.stat()).isFile()) await file.chmod(0o600).catch(() => undefined)
    return file
  } catch (error) {
    throw notWritable(path, error)
  }
}

/** Throws a NexthopError where a file could not be opened for writing, and leaves all as it was. */
export function tryOutput(path: string): void {
  const present = statsOf(path)
  try {
    if (!present) {
      closeSync(openSync(path, 'wx', 0o600))
      rmSync(path)
      // A pipe or device could tell its reader that all is over.
    } else if (present.isFile() || present.isDirectory()) closeSync(openSync(path, constants.O_WRONLY))
  } catch (error) {
    // A link to a file that is not there yet.
    if (!present && error instanceof Error && 'code' in error && error.code === 'EEXIST') return
    throw notWritable(path, error)
  }
}

/** Whether two paths lead to one file, by whatever way. Throws where that can't be told. */
export function isSameFile(one: string, other: string): boolean {
  if (resolve(one) === resolve(other)) return true
  const [a, b] = [statsOf(one), statsOf(other)]
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev
}

/** Undefined where nothing is there. */
function statsOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false })
  } catch (error) {
    throw notWritable(path, error)
  }
}

function notWritable(path: string, error: unknown): NexthopError {
  const why = describeWriteError(error)
  return badRequest(
    `The file ${path} can not be written: ${why}; choose a file in a folder that this user may write to`,
  )
}
