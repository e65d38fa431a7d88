import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { open, type FileHandle } from 'node:fs/promises'
import { badRequest, conflict } from '../../shared/errors.ts'
import { describeWriteError } from '../app/system-error.ts'

/** Throws where a file is there already and is not to be overwritten. Pipes and devices are there to be written to. */
export function refuseExisting(path: string, isForced: boolean): void {
  if (isForced || !isFile(path)) return
  throw conflict(`${path} is there already: choose another name, or overwrite it with --force`)
}

/** Opens a file for this user alone. Throws a NexthopError that names it. */
export async function openOutput(path: string): Promise<FileHandle> {
  try {
    const file = await open(path, 'w', 0o600)
    // One that was there keeps its mode otherwise; that of a device or pipe is everybody's.
    if (isFile(path)) await file.chmod(0o600).catch(() => undefined)
    return file
  } catch (error) {
    throw badRequest(
      `${path} can not be written: ${describeWriteError(error)}; choose a file in a folder that this user may write to`,
    )
  }
}

/** Whether two paths lead to one file, by whatever way. */
export function isSameFile(one: string, other: string): boolean {
  if (resolve(one) === resolve(other)) return true
  const [a, b] = [one, other].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }))
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}
