const frameMs = 16

/**
 * Passes values on, at most one per frame: of a burst, such as a thousand rules that are switched at once, only the
 * latest is drawn. One that comes alone is passed on at once.
 */
export class Paced<T> {
  readonly #show: (value: T) => void
  #latest: T | undefined
  #shownAt = -Infinity
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(show: (value: T) => void) {
    this.#show = show
  }

  /** What was set last, shown or not. */
  get latest(): T | undefined {
    return this.#latest
  }

  set(value: T): void {
    this.#latest = value
    if (this.#timer !== undefined) return
    const wait = this.#shownAt + frameMs - performance.now()
    if (wait <= 0) this.#pass(value)
    else this.#timer = setTimeout(() => this.#pass(this.#latest ?? value), wait)
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  #pass(value: T): void {
    this.#timer = undefined
    this.#show(value)
    // Drawing itself may take a while.
    this.#shownAt = performance.now()
  }
}
