import type { ConnectionSummary, RuleRuntime, RuntimeSnapshot, TrafficTick } from '../../../shared/runtime.ts'
import { addTotals } from '../../engine/totals.ts'

// What the engines of several threads tell, as if one engine told it. The first thread speaks for rules and hops;
// connections, and so totals, are everywhere.

export function mergeSnapshots(first: RuntimeSnapshot, further: readonly RuntimeSnapshot[]): RuntimeSnapshot {
  const all = [first, ...further]
  return {
    ...first,
    rules: first.rules.map((rule) => mergeRules(rule, all)),
    totals: addTotals(all.map(({ totals }) => totals)),
  }
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

/** Of each further thread the last tick is taken: it is a second old at most. */
export function mergeTicks(first: TrafficTick, further: readonly TrafficTick[]): TrafficTick {
  const all = [first, ...further]
  return {
    at: first.at,
    totals: addTotals(all.map(({ totals }) => totals)),
    rules: first.rules.map(({ ruleId }) => ({
      ruleId,
      totals: addTotals(
        all.flatMap(({ rules }) => rules.flatMap((rule) => (rule.ruleId === ruleId ? [rule.totals] : []))),
      ),
    })),
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
