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
const everyMs = 1000
/** So long without a point is a gap: a lost line, a machine that slept. */
const longestGapMs = 5000

/**
 * The rates of the last minutes, for all rules together and for each that had traffic. A tick tells of the second before
 * it, and comes only if something changed in that; seconds of which none told are filled in with `fill`. Without any
 * traffic in its time the history is empty, and has nothing to keep up to date.
 */
export class TrafficHistory {
  readonly #times: number[] = []
  readonly #all: Rates[] = []
  readonly #rules = new Map<string, Rates[]>()
  /** Of each rule the latest: a tick tells only of rules that changed. */
  readonly #ruleTotals = new Map<string, Totals>()
  #totals: Totals | undefined
  #lastTrafficAt = 0
  /** How many of the newest points were filled in. */
  #filled = 0

  get isEmpty(): boolean {
    return this.#times.length === 0
  }

  /** Takes over what is known from elsewhere, so that the next change has something to be compared with. */
  know({ rules, totals }: Pick<TrafficTick, 'rules' | 'totals'>): void {
    for (const rule of rules) this.#ruleTotals.set(rule.ruleId, rule.totals)
    this.#totals = totals
  }

  push(tick: TrafficTick): void {
    // A tick that was long on its way tells of seconds that were filled in meanwhile.
    while (this.#filled > 0 && tick.at - this.#endAt < everyMs / 2) this.#dropNewest()
    const sinceMs = tick.at - this.#endAt
    if (sinceMs <= 0 || sinceMs > longestGapMs) this.clear()
    const seconds = (this.isEmpty ? everyMs : sinceMs) / 1000
    const all = this.#totals ? rates(this.#totals, tick.totals, seconds) : noRates
    const changed = new Map(
      tick.rules.map(({ ruleId, totals }) => [
        ruleId,
        rates(this.#ruleTotals.get(ruleId) ?? totals, totals, seconds),
      ]),
    )
    this.know(tick)
    if (this.isEmpty) {
      if (isNone(all)) return
      this.#add(tick.at - everyMs, noRates)
    }
    this.#add(tick.at, all, changed)
    this.#filled = 0
  }

  /** The next second was one in which nothing changed; or, where `now` is far from it, nobody knows. */
  fill(now: number): void {
    if (this.isEmpty) return
    if (now - this.#endAt > longestGapMs) return this.clear()
    this.#filled += 1
    this.#add(this.#endAt + everyMs, noRates)
  }

  clear(): void {
    this.#times.length = 0
    this.#all.length = 0
    this.#rules.clear()
    this.#filled = 0
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

  /** Of the newest point, in Unix milliseconds. */
  get #endAt(): number {
    return (this.#times.at(-1) ?? 0) * 1000
  }

  #points(ruleId: string | undefined): readonly Rates[] {
    return ruleId === undefined ? this.#all : (this.#rules.get(ruleId) ?? [])
  }

  #add(at: number, all: Rates, changed: ReadonlyMap<string, Rates> = new Map()): void {
    this.#times.push(at / 1000)
    this.#all.push(all)
    if (!isNone(all)) this.#lastTrafficAt = at
    for (const [ruleId, points] of this.#rules) points.push(changed.get(ruleId) ?? noRates)
    for (const [ruleId, rate] of changed) {
      if (!this.#rules.has(ruleId) && !isNone(rate)) this.#rules.set(ruleId, [rate])
    }
    if (this.#times.length > 1 && at - this.#lastTrafficAt > historySeconds * 1000) this.clear()
    else this.#trim()
  }

  #dropNewest(): void {
    this.#filled -= 1
    for (const points of [this.#times, this.#all, ...this.#rules.values()]) points.pop()
  }

  #trim(): void {
    if (this.#times.length <= historySeconds) return
    this.#times.shift()
    this.#all.shift()
    for (const [ruleId, points] of this.#rules) {
      if (points.length > this.#times.length) points.shift()
      if (points.every(isNone)) this.#rules.delete(ruleId)
    }
  }
}

function isNone({ up, down }: Rates): boolean {
  return up === 0 && down === 0
}

function rates(before: Totals, after: Totals, seconds: number): Rates {
  // Counters start again from zero when the engine was restarted.
  return {
    up: Math.max(0, after.bytesUp - before.bytesUp) / seconds,
    down: Math.max(0, after.bytesDown - before.bytesDown) / seconds,
  }
}
