import { isDeepStrictEqual } from 'node:util'
import type { HopRuntime, HopUse, Totals, TrafficTick } from '../../shared/runtime.ts'

/** Picks the rules and hops whose numbers changed since they were told last. */
export class TrafficDeltas {
  readonly #told = new Map<string, Totals>()
  readonly #toldHops = new Map<string, HopUse>()

  /** Everything is told anew, for somebody who has just begun to look. */
  clear(): void {
    this.#told.clear()
    this.#toldHops.clear()
  }

  take(
    rules: TrafficTick['rules'],
    hops: readonly HopRuntime[] = [],
  ): Required<Pick<TrafficTick, 'rules' | 'hops'>> {
    const changed = rules.filter(({ ruleId, totals }) => !isSame(this.#told.get(ruleId), totals))
    for (const { ruleId, totals } of changed) this.#told.set(ruleId, totals)
    // Health has an event of its own.
    const uses = hops
      .map(({ health: _health, ...use }) => use)
      .filter((use) => !isDeepStrictEqual(this.#toldHops.get(use.hopId), use))
    for (const use of uses) this.#toldHops.set(use.hopId, use)
    return { rules: changed, hops: uses }
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
