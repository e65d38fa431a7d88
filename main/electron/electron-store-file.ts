import ElectronStore from 'electron-store'
import type { ConfigFile } from '../app/config-file.ts'
import { storeFile } from '../app/store-file.ts'

/** A file that `electron-store` keeps. The only import of it: outside Electron, it fails to load. */
export function electronStoreFile(path: string): ConfigFile {
  return storeFile(path, (options) => new ElectronStore<{ text?: string }>(options))
}
