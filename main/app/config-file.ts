// The file that holds the config, as the store needs it. The shells' adapters (conf, electron-store) implement it.

export interface ConfigFile {
  /** Where it is, for messages and for the copy that is set aside. */
  readonly path: string
  /** The whole text; undefined where there is no file. Throws the system's error where it can't be read. */
  read(): string | undefined
  /** Replaces the whole text or nothing of it, readable by this user alone. Throws the system's error. */
  write(text: string): void
  /** Moves a file that can't be used out of the way, and says where it is now. Throws the system's error. */
  setAside(name: string): string
}

/** A file that is none: for `forward`, which needs no config file, and for tests. */
export function memoryConfigFile(text?: string): ConfigFile {
  let present = text
  return {
    path: 'memory',
    read: () => present,
    write: (next) => {
      present = next
    },
    setAside: (name) => {
      present = undefined
      return name
    },
  }
}
