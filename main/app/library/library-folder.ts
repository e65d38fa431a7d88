import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { conflict } from '../../../shared/errors.ts'
import { say, type Said } from '../../../shared/told.ts'
import { systemError } from '../system-error.ts'

const notSaved = (folder: string, why: Said) =>
  say('The rule set could not be saved in {folder}: {why}', { folder, why })
const notRemoved = (folder: string, why: Said) =>
  say('The rule set could not be removed in {folder}: {why}', { folder, why })

/** Where the user's own rule sets are: JSON files in the folder "library" beside the config. */
export interface LibraryFolder {
  /** Names of the files, and their texts. */
  read(): readonly { readonly filename: string; readonly text: string }[]
  /** Throw a conflict where the system does not let them. */
  write(filename: string, text: string): void
  remove(filename: string): void
}

/** A config that is in no file has no folder either. */
export function libraryFolder(configPath: string): LibraryFolder {
  const folder = isAbsolute(configPath) ? join(dirname(configPath), 'library') : undefined

  function attempt(failed: (folder: string, why: Said) => Said, change: (path: string) => void): void {
    if (folder === undefined)
      throw conflict(say('Rule sets are kept beside the config file, and there is none'))
    try {
      change(folder)
    } catch (error) {
      throw conflict(failed(folder, systemError(error)))
    }
  }

  return {
    read: () => {
      if (folder === undefined) return []
      try {
        const filenames = readdirSync(folder).filter((name) => name.endsWith('.json'))
        return filenames.sort().map((filename) => ({
          filename,
          text: readFileSync(join(folder, filename), 'utf8'),
        }))
      } catch {
        // There is no folder yet, or one that can't be read: there is nothing to offer then.
        return []
      }
    },
    write: (filename, text) => {
      attempt(notSaved, (path) => {
        mkdirSync(path, { recursive: true, mode: 0o700 })
        writeFileSync(join(path, `${filename}.new`), text, { mode: 0o600 })
        renameSync(join(path, `${filename}.new`), join(path, filename))
      })
    },
    remove: (filename) => {
      attempt(notRemoved, (path) => {
        rmSync(join(path, filename))
      })
    },
  }
}
