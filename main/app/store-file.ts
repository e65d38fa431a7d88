import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import type { ConfigFile } from './config-file.ts'

/** Passwords may be in it. */
const fileMode = 0o600
const folderMode = 0o700

/** What `conf` and `electron-store` are asked for. */
export interface TextStoreOptions {
  readonly cwd: string
  readonly name: string
  readonly fileExtension: ''
  readonly configFileMode: number
  readonly serialize: (value: { readonly text?: string }) => string
  readonly deserialize: (text: string) => { text: string }
}

/** What is needed of them. Setting `store` writes to a temporary file that is then renamed. */
export interface TextStore {
  store: { text?: string }
}

/**
 * A config file at any path, kept by `conf` or `electron-store`, mode 0600. What the text means is not the store's
 * business (it would read `[1]` as an object, and its errors quote the file), so it is given the whole text as one value.
 */
export function storeFile(path: string, openStore: (options: TextStoreOptions) => TextStore): ConfigFile {
  const fullPath = resolve(path)
  const folder = dirname(fullPath)
  // A name with its extension and no extension besides: the store then takes every name as it is.
  const open = () =>
    openStore({
      cwd: folder,
      name: basename(fullPath),
      fileExtension: '',
      configFileMode: fileMode,
      serialize: ({ text = '' }) => text,
      deserialize: (text) => ({ text }),
    })

  return {
    path: fullPath,
    // The store makes the folder of a file that it can't find; to look must not leave traces.
    read: () => (exists(fullPath) ? open().store.text : undefined),
    write: (text) => {
      mkdirSync(folder, { recursive: true, mode: folderMode })
      open().store = { text }
    },
    setAside: (name) => {
      const kept = freeName(folder, basename(fullPath), name)
      renameSync(fullPath, kept)
      return kept
    },
  }
}

/**
 * Throws where that can't be told, and where it is no file: a pipe or device may never end, and can't be read again. Node's
 * own option for this takes a path through a file for none, in some versions.
 */
function exists(path: string): boolean {
  try {
    const stats = statSync(path)
    if (stats.isFile() || stats.isDirectory()) return true
    throw new Error(`it is a ${stats.isFIFO() ? 'pipe' : stats.isSocket() ? 'socket' : 'device'}, not a file`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

/** `config.json` → `config.NAME.json`, with a number where that is taken. */
function freeName(folder: string, file: string, name: string): string {
  const extension = extname(file)
  const stem = file.slice(0, file.length - extension.length)
  for (let count = 1; ; count += 1) {
    const suffix = count === 1 ? '' : `-${count}`
    const candidate = join(folder, `${stem}.${name}${suffix}${extension}`)
    if (!existsSync(candidate)) return candidate
  }
}
