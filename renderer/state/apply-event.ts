import type { AppEvent } from '../../shared/contract.ts'
import {
  noTotals,
  type AppSnapshot,
  type HopHealth,
  type RuleRuntime,
  type RuntimeSnapshot,
} from '../../shared/runtime.ts'

/** The snapshot after one event. Events that do not concern it give it back unchanged but for its number. */
export function applyEvent(snapshot: AppSnapshot, event: AppEvent): AppSnapshot {
  const next = { ...snapshot, seq: Math.max(snapshot.seq, event.seq) }
  switch (event.name) {
    case 'config.changed':
      return { ...next, config: event.data.config }
    case 'engine.statusChanged':
      return { ...next, engine: event.data }
    case 'rule.statusChanged': {
      const { ruleId, status } = event.data
      return withRuntime(next, changeRule(next.runtime, ruleId, { status }))
    }
    case 'rule.connectionFailed': {
      const { ruleId, at, failure } = event.data
      return withRuntime(next, changeRule(next.runtime, ruleId, { lastFailure: { at, failure } }))
    }
    case 'hop.healthChanged':
      return withRuntime(next, changeHop(next.runtime, event.data.hopId, event.data.health))
    case 'traffic.ticked': {
      const totals = new Map(event.data.rules.map((rule) => [rule.ruleId, rule.totals]))
      // What did not change stays the same object, so that nobody draws it again.
      const rules = next.runtime.rules.map((rule) => {
        const changed = totals.get(rule.ruleId)
        return changed ? { ...rule, totals: changed } : rule
      })
      const uses = new Map(event.data.hops?.map((use) => [use.hopId, use]))
      const hops = next.runtime.hops.map((hop) => {
        const use = uses.get(hop.hopId)
        return use ? { ...use, health: hop.health } : hop
      })
      return withRuntime(next, { ...next.runtime, rules, hops, totals: event.data.totals })
    }
    default:
      return next
  }
}

function withRuntime(snapshot: AppSnapshot, runtime: RuntimeSnapshot): AppSnapshot {
  return { ...snapshot, runtime }
}

function changeRule(runtime: RuntimeSnapshot, ruleId: string, change: Partial<RuleRuntime>): RuntimeSnapshot {
  const known = runtime.rules.some((rule) => rule.ruleId === ruleId)
  const fresh: RuleRuntime = { ruleId, status: { state: 'off' }, totals: noTotals }
  const rules = known ? runtime.rules : [...runtime.rules, fresh]
  return { ...runtime, rules: rules.map((rule) => (rule.ruleId === ruleId ? { ...rule, ...change } : rule)) }
}

function changeHop(runtime: RuntimeSnapshot, hopId: string, health: HopHealth): RuntimeSnapshot {
  const known = runtime.hops.find((hop) => hop.hopId === hopId)
  const others = runtime.hops.filter((hop) => hop.hopId !== hopId)
  return { ...runtime, hops: [...others, { ...known, hopId, health }] }
}
