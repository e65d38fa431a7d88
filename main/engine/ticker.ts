const everyMs = 1000

/** Beats once per second while somebody watches, and not at all otherwise. */
export class Ticker {
  watchesTraffic = false
  readonly #onTick: () => void
  #timer: NodeJS.Timeout | undefined

  constructor(onTick: () => void) {
    this.#onTick = onTick
  }

  configure(traffic: boolean, connections: boolean): void {
    this.watchesTraffic = traffic
    const isOn = traffic || connections
    if (isOn && this.#timer === undefined) {
      this.#timer = setInterval(this.#onTick, everyMs)
      this.#timer.unref()
    } else if (!isOn) {
      clearInterval(this.#timer)
      this.#timer = undefined
    }
  }
}
