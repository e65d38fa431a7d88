import type { Totals, TrafficTick } from '../../shared/runtime.ts'

/** Bytes per second. */
export interface Rates {
  readonly up: number
  readonly down: number
}

export const noRates: Rates = { up: 0, down: 0 }

/** Points of a chart: Unix seconds, and bytes per second; oldest first. */
export interface Series {
  readonly times: readonly number[]
  readonly up: readonly number[]
  readonly down: readonly number[]
}

export const historySeconds = 300

/** The rates of the last minutes, for all rules together and for each that had traffic. */
export class TrafficHistory {
  #last: TrafficTick | undefined
  readonly #times: number[] = []
  readonly #all: Rates[] = []
  readonly #rules = new Map<string, Rates[]>()
  /** Of each rule the latest: a tick tells only of rules that changed. */
  readonly #totals = new Map<string, Totals>()

  /** Takes over what is known from elsewhere, so that the first change of a rule has something to be compared with. */
  know(rules: TrafficTick['rules']): void {
    for (const { ruleId, totals } of rules) this.#totals.set(ruleId, totals)
  }

  push(tick: TrafficTick): void {
    const before = this.#last
    this.#last = tick
    const seconds = before ? (tick.at - before.at) / 1000 : 0
    if (!before || seconds <= 0) {
      this.know(tick.rules)
      return
    }
    // A pause (a hidden window, a lost line) is a gap in the chart; the bytes of it belong to no second.
    if (seconds > 5) {
      this.clear()
      this.#last = tick
      this.know(tick.rules)
      return
    }
    this.#times.push(tick.at / 1000)
    this.#all.push(rates(before.totals, tick.totals, seconds))
    const changed = new Map(
      tick.rules.map(({ ruleId, totals }) => [
        ruleId,
        rates(this.#totals.get(ruleId) ?? totals, totals, seconds),
      ]),
    )
    this.know(tick.rules)
    for (const [ruleId, points] of this.#rules) points.push(changed.get(ruleId) ?? noRates)
    for (const [ruleId, rate] of changed) {
      if (!this.#rules.has(ruleId) && (rate.up > 0 || rate.down > 0)) this.#rules.set(ruleId, [rate])
    }
    this.#trim()
  }

  clear(): void {
    this.#last = undefined
    this.#times.length = 0
    this.#all.length = 0
    this.#rules.clear()
  }

  /** Of all rules, or of one. */
  now(ruleId?: string): Rates {
    return this.#points(ruleId).at(-1) ?? noRates
  }

  series(ruleId?: string): Series {
    const points = this.#points(ruleId)
    const missing: Rates[] = new Array<Rates>(Math.max(0, this.#times.length - points.length)).fill(noRates)
    const whole = [...missing, ...points]
    return {
      times: [...this.#times],
      up: whole.map(({ up }) => up),
      down: whole.map(({ down }) => down),
    }
  }

  #points(ruleId: string | undefined): readonly Rates[] {
    return ruleId === undefined ? this.#all : (this.#rules.get(ruleId) ?? [])
  }

  #trim(): void {
    if (this.#times.length <= historySeconds) return
    this.#times.shift()
    this.#all.shift()
    for (const [ruleId, points] of this.#rules) {
      if (points.length > this.#times.length) points.shift()
      if (points.every(({ up, down }) => up === 0 && down === 0)) this.#rules.delete(ruleId)
    }
  }
}

function rates(before: Totals, after: Totals, seconds: number): Rates {
  // Counters start again from zero when the engine was restarted.
  return {
    up: Math.max(0, after.bytesUp - before.bytesUp) / seconds,
    down: Math.max(0, after.bytesDown - before.bytesDown) / seconds,
  }
}
