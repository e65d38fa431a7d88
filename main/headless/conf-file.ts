import Conf from 'conf'
import type { ConfigFile } from '../app/config-file.ts'
import { storeFile } from '../app/store-file.ts'

/** A config file at any path, kept by `conf`. */
export function confFile(path: string): ConfigFile {
  return storeFile(
    path,
    ({ name, ...options }) => new Conf<{ text?: string }>({ ...options, configName: name }),
  )
}
