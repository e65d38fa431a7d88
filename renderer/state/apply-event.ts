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
      const rules = next.runtime.rules.map((rule) => ({
        ...rule,
        totals: totals.get(rule.ruleId) ?? rule.totals,
      }))
      return withRuntime(next, { ...next.runtime, rules, totals: event.data.totals })
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
  return { ...runtime, hops: [...runtime.hops.filter((hop) => hop.hopId !== hopId), { hopId, health }] }
}
