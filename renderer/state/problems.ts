import type { Failure } from '../../shared/errors.ts'
import type { NextHopList } from '../../shared/model/next-hop-list.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'
import type { AppSnapshot, HopView } from '../../shared/runtime.ts'

/** What is wrong now and wants somebody's attention. `key` stays the same as long as it is the same problem. */
export type Problem =
  | { readonly kind: 'rule'; readonly key: string; readonly rule: PortRule; readonly failure: Failure }
  | { readonly kind: 'hop'; readonly key: string; readonly hop: HopView; readonly failure: Failure }
  /** Not one of its hops works. */
  | { readonly kind: 'list'; readonly key: string; readonly list: NextHopList }

/** The worst first: rules that can not listen, lists that lead nowhere, single hops. */
export function problemsOf({ config, runtime }: AppSnapshot): readonly Problem[] {
  const statuses = new Map(runtime.rules.map(({ ruleId, status }) => [ruleId, status]))
  const healths = new Map(runtime.hops.map(({ hopId, health }) => [hopId, health]))
  const isDown = (id: string) => healths.get(id)?.state === 'down'
  const rules = config.rules.flatMap((rule): Problem[] => {
    const status = statuses.get(rule.id)
    return status?.state === 'failed'
      ? [{ kind: 'rule', key: `rule-${rule.id}`, rule, failure: status.failure }]
      : []
  })
  const lists = config.lists
    .filter(({ hopIds }) => hopIds.length > 1 && hopIds.every(isDown))
    .map((list): Problem => ({ kind: 'list', key: `list-${list.id}`, list }))
  const hops = config.hops.flatMap((hop): Problem[] => {
    const health = healths.get(hop.id)
    return health?.state === 'down'
      ? [{ kind: 'hop', key: `hop-${hop.id}`, hop, failure: health.failure }]
      : []
  })
  return [...rules, ...lists, ...hops]
}
