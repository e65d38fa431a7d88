import type {
  ConditionHits,
  ConnectionSummary,
  HopRuntime,
  HopUse,
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
 * What threads tell once per second at most, each for itself, as one tick. A tick holds only what changed, so what a thread told
 * before is remembered.
 */
export class TickMerger {
  readonly #threads = new Map<number, ToldByThread>()
  readonly #changed = new Set<string>()
  readonly #changedHops = new Set<string>()

  /** Without the first thread, which speaks for all, a sum would be far too small. */
  get hasFirst(): boolean {
    return this.#threads.has(0)
  }

  /** How many threads have told something. */
  get size(): number {
    return this.#threads.size
  }

  /** For somebody who has just begun to look: every thread tells all anew, and what it told before is old. */
  clear(): void {
    this.#threads.clear()
    this.#changed.clear()
    this.#changedHops.clear()
  }

  add(thread: number, { totals, rules, hops = [] }: TrafficTick): void {
    const known: ToldByThread = this.#threads.get(thread) ?? { totals, rules: new Map(), hops: new Map() }
    known.totals = totals
    for (const rule of rules) {
      known.rules.set(rule.ruleId, rule.totals)
      this.#changed.add(rule.ruleId)
    }
    for (const hop of hops) {
      known.hops.set(hop.hopId, hop)
      this.#changedHops.add(hop.hopId)
    }
    this.#threads.set(thread, known)
  }

  /** A thread that died begins at zero again. */
  forget(thread: number): void {
    const known = this.#threads.get(thread)
    for (const ruleId of known?.rules.keys() ?? []) this.#changed.add(ruleId)
    for (const hopId of known?.hops.keys() ?? []) this.#changedHops.add(hopId)
    this.#threads.delete(thread)
  }

  /** The sum, with the rules and hops that changed since the last one. */
  take(at: number): TrafficTick {
    const threads = [...this.#threads.values()]
    const rules = [...this.#changed].map((ruleId) => ({
      ruleId,
      totals: addTotals(threads.flatMap((thread) => thread.rules.get(ruleId) ?? [])),
    }))
    const hops = [...this.#changedHops].map((hopId) => ({
      hopId,
      ...sumUses(threads.flatMap((thread) => thread.hops.get(hopId) ?? [])),
    }))
    this.#changed.clear()
    this.#changedHops.clear()
    return { at, totals: addTotals(threads.map(({ totals }) => totals)), rules, hops }
  }
}

interface ToldByThread {
  totals: Totals
  readonly rules: Map<string, Totals>
  readonly hops: Map<string, HopUse>
}

/** Each thread measures for itself: one of them has to speak for all. */
function sumUses(uses: readonly HopUse[]): Omit<HopUse, 'hopId'> {
  const { hopId: _hopId, ...first } = uses[0] ?? { hopId: '' }
  return { ...first, open: uses.reduce((sum, { open = 0 }) => sum + open, 0) }
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
