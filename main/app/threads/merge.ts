import type {
  ConditionHits,
  ConnectionSummary,
  HopRuntime,
  RuleRuntime,
  RuntimeSnapshot,
  Totals,
  TrafficTick,
} from '../../../shared/runtime.ts'
import { addTotals } from '../../engine/totals.ts'

// What the engines of several threads tell, as if one engine told it. The first thread speaks for rules and hops;
// connections, and so totals, are everywhere.

export function mergeSnapshots(first: RuntimeSnapshot, further: readonly RuntimeSnapshot[]): RuntimeSnapshot {
  const all = [first, ...further]
  return {
    ...first,
    rules: first.rules.map((rule) => mergeRules(rule, all)),
    hops: first.hops.map((hop) => mergeHops(hop, all)),
    conditions: mergeConditions(all),
    totals: addTotals(all.map(({ totals }) => totals)),
  }
}

/** Each thread measures and counts for itself; what it finds out of a hop's health, all of them know. */
function mergeHops(hop: HopRuntime, all: readonly RuntimeSnapshot[]): HopRuntime {
  const parts = all.flatMap(({ hops }) => hops.filter(({ hopId }) => hopId === hop.hopId))
  return { ...hop, open: parts.reduce((sum, { open = 0 }) => sum + open, 0) }
}

/** Each thread counts what its own connections were decided by. */
function mergeConditions(all: readonly RuntimeSnapshot[]): ConditionHits[] {
  const sums = new Map<string, ConditionHits>()
  for (const entry of all.flatMap(({ conditions = [] }) => conditions)) {
    const key = `${entry.ruleId ?? ''}/${entry.conditionId}`
    sums.set(key, { ...entry, hits: entry.hits + (sums.get(key)?.hits ?? 0) })
  }
  return [...sums.values()]
}

function mergeRules(rule: RuleRuntime, all: readonly RuntimeSnapshot[]): RuleRuntime {
  const parts = all.flatMap(({ rules }) => rules.filter(({ ruleId }) => ruleId === rule.ruleId))
  const failures = parts.flatMap(({ lastFailure }) => lastFailure ?? [])
  const lastFailure = failures.sort((a, b) => b.at - a.at)[0]
  return {
    ...rule,
    totals: addTotals(parts.map(({ totals }) => totals)),
    ...(lastFailure && { lastFailure }),
  }
}

/**
 * What threads tell once per second, each for itself, as one tick. A tick holds only what changed, so what a thread told
 * before is remembered.
 */
export class TickMerger {
  readonly #threads = new Map<number, { totals: Totals; readonly rules: Map<string, Totals> }>()
  readonly #changed = new Set<string>()

  add(thread: number, { totals, rules }: TrafficTick): void {
    const known = this.#threads.get(thread) ?? { totals, rules: new Map<string, Totals>() }
    known.totals = totals
    for (const rule of rules) {
      known.rules.set(rule.ruleId, rule.totals)
      this.#changed.add(rule.ruleId)
    }
    this.#threads.set(thread, known)
  }

  /** A thread that died begins at zero again. */
  forget(thread: number): void {
    for (const ruleId of this.#threads.get(thread)?.rules.keys() ?? []) this.#changed.add(ruleId)
    this.#threads.delete(thread)
  }

  /** The sum, with the rules that changed since the last one. */
  take(at: number): TrafficTick {
    const threads = [...this.#threads.values()]
    const rules = [...this.#changed].map((ruleId) => ({
      ruleId,
      totals: addTotals(threads.flatMap((thread) => thread.rules.get(ruleId) ?? [])),
    }))
    this.#changed.clear()
    return { at, totals: addTotals(threads.map(({ totals }) => totals)), rules }
  }
}

/** Open connections, then the `keep` that closed last; newest first. */
export function mergeConnections(
  lists: readonly (readonly ConnectionSummary[])[],
  keep: number,
): readonly ConnectionSummary[] {
  const [only] = lists
  if (only && lists.length === 1) return only
  const all = lists.flat()
  const open = all.filter(({ closedAt }) => closedAt === undefined)
  const closed = all.filter(({ closedAt }) => closedAt !== undefined)
  open.sort((a, b) => b.openedAt - a.openedAt)
  closed.sort((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0))
  return [...open, ...closed.slice(0, keep)]
}
