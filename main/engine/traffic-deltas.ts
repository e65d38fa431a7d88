import type { Totals, TrafficTick } from '../../shared/runtime.ts'

/** Picks the rules whose totals changed since they were told last. */
export class TrafficDeltas {
  readonly #told = new Map<string, Totals>()

  /** Everything is told anew, for somebody who has just begun to look. */
  clear(): void {
    this.#told.clear()
  }

  take(rules: TrafficTick['rules']): TrafficTick['rules'] {
    const changed = rules.filter(({ ruleId, totals }) => !isSame(this.#told.get(ruleId), totals))
    for (const { ruleId, totals } of changed) this.#told.set(ruleId, totals)
    return changed
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
