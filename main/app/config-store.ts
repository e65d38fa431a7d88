import type { Config } from '../../shared/model/config.ts'
import { emptyConfig, parseConfig } from '../../shared/model/config.ts'
import { conflict } from '../../shared/errors.ts'
import type { Issue } from '../../shared/model/issues.ts'
import { say } from '../../shared/told.ts'
import type { ConfigFile } from './config-file.ts'
import { formatDocument, readDocument } from './config-document.ts'
import { InvalidError, summarize } from './invalid-error.ts'
import { systemError } from './system-error.ts'

/** What was found when the config was loaded. */
export type LoadReport =
  | { readonly kind: 'loaded'; readonly migratedFrom?: number }
  | { readonly kind: 'missing' }
  /** The file was of no use: it is kept under another name, and the config starts empty. */
  | { readonly kind: 'set-aside'; readonly keptAt: string; readonly issues: readonly Issue[] }
  /** Made by a later Nexthop: it is left alone, the config starts empty, and nothing can be saved. */
  | { readonly kind: 'newer'; readonly issues: readonly Issue[] }

export interface ConfigStoreOptions {
  readonly file: ConfigFile
  /**
   * What to do with a file that can't be used. `set-aside` is for the app's own file; `refuse` throws an
   * `InvalidError` that lists the mistakes, for a file that somebody named.
   */
  readonly onBroken: 'set-aside' | 'refuse'
  /** Gets the present config when another one takes its place: by a change here, or of the file by somebody else. */
  readonly beforeChange?: (present: Config) => void
  readonly now?: () => Date
}

export interface ConfigStore {
  readonly path: string
  /** The config as it was loaded or saved last. */
  readonly config: Config
  /** Reads the file for the first time. Throws where it can't be read at all: nothing is changed then. */
  load(): LoadReport
  /**
   * Checks and writes a config. Throws `InvalidError` for one that contradicts itself, and a conflict where it can't be
   * written; memory and file are as before then.
   */
  save(config: Config): Config
  /**
   * Reads the file again. Returns the config if somebody else changed it, undefined if not. Throws `InvalidError` for
   * a file with mistakes; the config in memory stays, and the file too.
   */
  reload(): Config | undefined
}

export function createConfigStore({
  file,
  onBroken,
  beforeChange,
  now = () => new Date(),
}: ConfigStoreOptions): ConfigStore {
  let config: Config = emptyConfig
  let knownText: string | undefined
  let isNewer = false

  function read(): string | undefined {
    try {
      return file.read()
    } catch (error) {
      throw conflict(
        say('Could not read the config {path}: {why}', { path: file.path, why: systemError(error) }),
      )
    }
  }

  function setAside(issues: readonly Issue[]): LoadReport {
    const stamp = now().toISOString().replace(/\.\d+/, '').replaceAll(':', '-')
    try {
      return { kind: 'set-aside', keptAt: file.setAside(`broken-${stamp}`), issues }
    } catch (error) {
      throw conflict(
        say('The config {path} is not valid ({mistake}), and could not be moved out of the way: {why}', {
          path: file.path,
          mistake: summarize(issues),
          why: systemError(error),
        }),
      )
    }
  }

  function refuse(issues: readonly Issue[]): InvalidError {
    const said = say('The config {path} is not valid: {mistake}', {
      path: file.path,
      mistake: summarize(issues),
    })
    return new InvalidError(said, issues, file.path)
  }

  return {
    path: file.path,
    get config() {
      return config
    },
    load() {
      const text = read()
      if (text === undefined) return { kind: 'missing' }
      const result = readDocument(text)
      if (result.kind === 'valid') {
        config = result.config
        knownText = text
        const { migratedFrom } = result
        return migratedFrom === undefined ? { kind: 'loaded' } : { kind: 'loaded', migratedFrom }
      }
      if (onBroken === 'refuse') throw refuse(result.issues)
      if (result.kind === 'broken') return setAside(result.issues)
      isNewer = true
      return { kind: 'newer', issues: result.issues }
    },
    save(next) {
      if (isNewer)
        throw conflict(
          say('Could not save: {path} was made by a newer Nexthop. Update Nexthop first', {
            path: file.path,
          }),
        )
      const checked = parseConfig(next)
      if (!checked.ok) throw new InvalidError(summarize(checked.issues), checked.issues)
      const text = formatDocument(checked.config)
      if (text !== knownText) beforeChange?.(config)
      try {
        file.write(text)
      } catch (error) {
        throw conflict(
          say('Could not save the config to {path}: {why}. Nothing was changed', {
            path: file.path,
            why: systemError(error),
          }),
        )
      }
      config = checked.config
      knownText = text
      return config
    },
    reload() {
      const text = read()
      // A file that was removed says nothing new: what is in memory is written with the next change.
      if (text === undefined || text === knownText) return undefined
      const result = readDocument(text)
      if (result.kind !== 'valid') throw refuse(result.issues)
      beforeChange?.(config)
      config = result.config
      knownText = text
      isNewer = false
      return config
    },
  }
}
