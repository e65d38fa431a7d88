import type { Component } from 'svelte'

type Load<P extends object> = () => Promise<{ readonly default: Component<P> }>

/** A component whose code is fetched when it is needed, or when there is time; once it is here, it shows at once. */
export class LazyPart<P extends object> {
  component: Component<P> | undefined = $state.raw()
  /** The code could not be fetched; `load` tries again. */
  isMissing = $state(false)
  readonly #load: Load<P>
  #loading: Promise<void> | undefined

  constructor(load: Load<P>) {
    this.#load = load
  }

  /** Never rejects. */
  load(): Promise<void> {
    return (this.#loading ??= this.#fetch())
  }

  async #fetch(): Promise<void> {
    this.isMissing = false
    try {
      this.component = (await this.#load()).default
    } catch {
      this.isMissing = true
      this.#loading = undefined
    }
  }
}
