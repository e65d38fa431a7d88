import type { Config } from '../../shared/model/config.ts'
import { findChangeMistakes, type Focus } from './change-mistakes.ts'
import type { ConfigStore } from './config-store.ts'
import { InvalidError, summarize } from './invalid-error.ts'

/** A changed config, what the caller gets for it, and the parts that mistakes are reported at. */
export interface Edit<T> {
  readonly config: Config
  readonly value: T
  readonly focus?: Focus
}

export interface ConfigEditor {
  readonly config: Config
  /**
   * Changes the config: check, save, adopt. `edit` gets the present config and returns a changed copy; it may throw to
   * refuse. Edits are carried out one after the other, and one that fails leaves everything as it was.
   */
  change<T>(edit: (config: Config) => Edit<T> | Promise<Edit<T>>): Promise<T>
  /** Reads the file again; true if it held something new. Throws where the file has mistakes. */
  reload(): Promise<boolean>
  /** Loads for the first time, through the same queue. */
  run<T>(task: () => Promise<T>): Promise<T>
}

/** `adopt` is told each new config after it was saved or read; the edit is done when it is. */
export function createConfigEditor(
  store: ConfigStore,
  adopt: (config: Config) => Promise<void>,
): ConfigEditor {
  let last: Promise<unknown> = Promise.resolve()

  function run<T>(task: () => Promise<T>): Promise<T> {
    const result = last.then(task)
    last = result.catch(() => undefined)
    return result
  }

  async function takeOutsideChange(): Promise<boolean> {
    const changed = store.reload()
    if (changed) await adopt(changed)
    return changed !== undefined
  }

  return {
    get config() {
      return store.config
    },
    run,
    reload: () => run(takeOutsideChange),
    change: (edit) =>
      run(async () => {
        // What somebody else wrote into the file since then must not be lost by writing over it.
        await takeOutsideChange()
        const { config, value, focus } = await edit(store.config)
        const mistakes = findChangeMistakes(config, focus)
        if (mistakes.length > 0) throw new InvalidError(summarize(mistakes), mistakes)
        await adopt(store.save(config))
        return value
      }),
  }
}
