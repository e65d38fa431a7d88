import { isDeepStrictEqual } from 'node:util'
import type { HopRuntime, HopUse, Totals, TrafficTick } from '../../shared/runtime.ts'

/** Picks what changed since it was told last: rules, hops, and the sum of all. */
export class TrafficDeltas {
  readonly #told = new Map<string, Totals>()
  readonly #toldHops = new Map<string, HopUse>()
  #toldTotals: Totals | undefined

  /** Everything is told anew, for somebody who has just begun to look. */
  clear(): void {
    this.#told.clear()
    this.#toldHops.clear()
    this.#toldTotals = undefined
  }

  /** Undefined where nothing did. */
  take(
    totals: Totals,
    rules: TrafficTick['rules'],
    hops: readonly HopRuntime[] = [],
  ): Required<Pick<TrafficTick, 'totals' | 'rules' | 'hops'>> | undefined {
    const changed = rules.filter(({ ruleId, totals }) => !isSame(this.#told.get(ruleId), totals))
    for (const { ruleId, totals } of changed) this.#told.set(ruleId, totals)
    // Health has an event of its own.
    const uses = hops
      .map(({ health: _health, ...use }) => use)
      .filter((use) => !isDeepStrictEqual(this.#toldHops.get(use.hopId), use))
    for (const use of uses) this.#toldHops.set(use.hopId, use)
    const isNews = changed.length > 0 || uses.length > 0 || !isSame(this.#toldTotals, totals)
    this.#toldTotals = totals
    return isNews ? { totals, rules: changed, hops: uses } : undefined
  }
}

function isSame(a: Totals | undefined, b: Totals): boolean {
  if (!a) return false
  return (
    a.bytesUp === b.bytesUp &&
    a.bytesDown === b.bytesDown &&
    a.opened === b.opened &&
    a.failed === b.failed &&
    a.open === b.open
  )
}
