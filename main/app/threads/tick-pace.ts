const everyMs = 1000
/** Timers are not exact. */
const slackMs = 100

/**
 * Makes one beat of those of several threads, each of which tells once per second at most, and nothing while nothing
 * happens: once per second at most, and the first after a silence at once.
 */
export class TickPace {
  readonly #pass: () => void
  #passedAt = -Infinity
  #timer: NodeJS.Timeout | undefined

  constructor(pass: () => void) {
    this.#pass = pass
  }

  /** A thread told something. */
  told(): void {
    const sinceMs = performance.now() - this.#passedAt
    if (sinceMs >= everyMs - slackMs) this.#passOn()
    // Another thread’s beat is likely to come before that.
    else this.#timer ??= setTimeout(() => this.#passOn(), everyMs + slackMs - sinceMs).unref()
  }

  /** The same, where other threads are just about to tell something as well. */
  toldFirst(): void {
    const sinceMs = performance.now() - this.#passedAt
    this.#timer ??= setTimeout(() => this.#passOn(), Math.max(everyMs / 2, everyMs - sinceMs)).unref()
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  #passOn(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#passedAt = performance.now()
    this.#pass()
  }
}
