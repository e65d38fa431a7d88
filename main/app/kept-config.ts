import { basename, dirname, extname, join } from 'node:path'
import { createBackups, type Backups } from './backups.ts'
import type { ConfigFile } from './config-file.ts'
import { createConfigStore, type ConfigStore, type ConfigStoreOptions } from './config-store.ts'
import type { Log } from './log.ts'
import { describeSystemError } from './system-error.ts'

export interface KeptConfig {
  readonly store: ConfigStore
  readonly backups: Backups
}

export interface KeptConfigOptions {
  readonly path: string
  readonly openFile: (path: string) => ConfigFile
  readonly onBroken: ConfigStoreOptions['onBroken']
  readonly log: Pick<Log, 'warn'>
}

/** A config in a file, with backups in a folder beside it: `config.json` has `config.backups`. */
export function openKeptConfig({ path, openFile, onBroken, log }: KeptConfigOptions): KeptConfig {
  const file = openFile(path)
  const name = basename(file.path, extname(file.path))
  const backups = createBackups({ folder: join(dirname(file.path), `${name}.backups`), openFile })
  let hasComplained = false
  const store = createConfigStore({
    file,
    onBroken,
    beforeChange: (present) => {
      try {
        backups.keep(present)
      } catch (error) {
        // A change must not fail for want of a backup: where the disk is the reason, saving itself says so.
        if (!hasComplained)
          log.warn(`No backup of the config could be written: ${describeSystemError(error)}`)
        hasComplained = true
      }
    },
  })
  return { store, backups }
}
