import { createSubscriber } from 'svelte/reactivity'

/** Timers take no longer waits than some 24 days. */
const longestWaitMs = 86_400_000

/**
 * The time by the app's own clock, in Unix milliseconds. It does not tick: whoever shows a time says when that will
 * read differently, and is drawn anew then. With nothing to show, or nobody looking, there is no timer.
 */
export class Clock {
  #aheadMs = 0
  #changesAt = Infinity
  #timer: ReturnType<typeof setTimeout> | undefined
  #isRunning = true
  #redraw: () => void = () => undefined
  readonly #follow = createSubscriber((redraw) => {
    this.#redraw = redraw
    return () => {
      this.#redraw = () => undefined
      this.#stop()
    }
  })

  get time(): number {
    return Date.now() + this.#aheadMs
  }

  /** Learns what the app's clock shows, which may run on another machine. */
  set(at: number): void {
    this.#aheadMs = at - Date.now()
    this.#next()
  }

  /** Now; where that is shown, it is read anew when `changesAt` of it has come (Infinity: never). */
  read(changesAt: (now: number) => number): number {
    const now = this.time
    if (!$effect.tracking()) return now
    this.#follow()
    const next = Math.max(changesAt(now), now + 1)
    if (next < this.#changesAt) {
      this.#changesAt = next
      this.#wait()
    }
    return now
  }

  /** While nobody looks, it stands still. */
  run(isRunning: boolean): void {
    if (this.#isRunning === isRunning) return
    this.#isRunning = isRunning
    if (isRunning) this.#next()
    else this.#stop()
  }

  #next(): void {
    this.#stop()
    this.#redraw()
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#changesAt = Infinity
  }

  #wait(): void {
    clearTimeout(this.#timer)
    if (!this.#isRunning || this.#changesAt === Infinity) return
    const waitMs = Math.min(Math.max(0, this.#changesAt - this.time), longestWaitMs)
    this.#timer = setTimeout(() => {
      this.#next()
    }, waitMs)
  }
}
