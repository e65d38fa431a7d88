import type { Condition } from '../../shared/model/condition.ts'
import { formatListen } from '../../shared/model/address.ts'
import { formatListenRange } from '../../shared/model/destination-range.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'
import type { Route } from '../../shared/model/route.ts'
import { explainBy } from '../../shared/texts/explain-by.ts'
import {
  noTotals,
  type AppSnapshot,
  type ConfigView,
  type HopHealth,
  type RuleRuntime,
  type RuleStatus,
} from '../../shared/runtime.ts'
import type { Texts } from '../texts/texts.ts'
import { routesOf, usesHop, usesList } from '../../shared/model/routes-of.ts'

// What views read out of the snapshot; no state of their own.

export type Tone = 'good' | 'bad' | 'busy' | 'off'

export function runtimeOf(snapshot: AppSnapshot, ruleId: string): RuleRuntime {
  return (
    snapshot.runtime.rules.find((rule) => rule.ruleId === ruleId) ?? {
      ruleId,
      status: { state: 'off' },
      totals: noTotals,
    }
  )
}

export function healthOf(snapshot: AppSnapshot, hopId: string): HopHealth {
  return snapshot.runtime.hops.find((hop) => hop.hopId === hopId)?.health ?? { state: 'unknown' }
}

const tones: Readonly<Record<RuleStatus['state'], Tone>> = {
  off: 'off',
  starting: 'busy',
  listening: 'good',
  failed: 'bad',
  unbound: 'bad',
}

export function statusTone(status: RuleStatus): Tone {
  return tones[status.state]
}

/** The status in words; a rule that is on but can not be says why. */
export function statusText(t: Texts, status: RuleStatus, rule: PortRule, forwarding: boolean): string {
  switch (status.state) {
    case 'off':
      return rule.enabled && !forwarding ? t.status.forwardingOff : t.status.off
    case 'starting':
      return t.status.starting
    case 'listening':
      return rule.listen.kind === 'tcp' && rule.listen.port === 0
        ? t.status.listeningOn(formatListen(status.address))
        : t.status.listening
    case 'failed':
      return capitalised(explainBy(t.sentences, status.failure).what)
    case 'unbound':
      return t.status.unbound(status)
  }
}

/** As the start of a sentence; names and addresses stay as they are written. */
export function capitalised(text: string): string {
  return /^\p{L}+[ ,;’]/u.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text
}

/** Where clients connect to: with the real port where the rule asks for any. */
export function addressOf(rule: PortRule, status: RuleStatus): string {
  return formatListenRange(status.state === 'listening' ? status.address : rule.listen, rule.destination)
}

export function routeName(t: Texts, config: Pick<ConfigView, 'hops' | 'lists'>, route: Route): string {
  switch (route.kind) {
    case 'hop':
      return config.hops.find(({ id }) => id === route.hopId)?.name ?? t.route.missing
    case 'list':
      return config.lists.find(({ id }) => id === route.listId)?.name ?? t.route.missing
    case 'chain':
      return route.hopIds
        .map((hopId) => config.hops.find(({ id }) => id === hopId)?.name ?? t.route.missing)
        .join(' → ')
    case 'direct':
      return t.route.direct
    case 'block':
      return t.route.block
  }
}

export interface HopUse {
  readonly rules: readonly string[]
  readonly lists: readonly string[]
  /** Of all rules. */
  readonly conditions: readonly Condition[]
}

/** The names of the rules and lists that use a hop directly, and the conditions of all rules that do. */
export function useOfHop(
  { rules, lists, conditions }: Pick<ConfigView, 'rules' | 'lists' | 'conditions'>,
  hopId: string,
): HopUse {
  return {
    conditions: conditions.filter(({ route }) => usesHop(route, hopId)),
    rules: rules
      .filter((rule) => routesOf(rule).some((route) => usesHop(route, hopId)))
      .map(({ name }) => name),
    lists: lists.filter(({ hopIds }) => hopIds.includes(hopId)).map(({ name }) => name),
  }
}

export function useOfList(
  { rules, conditions }: Pick<ConfigView, 'rules' | 'conditions'>,
  listId: string,
): Omit<HopUse, 'lists'> {
  return {
    rules: rules
      .filter((rule) => routesOf(rule).some((route) => usesList(route, listId)))
      .map(({ name }) => name),
    conditions: conditions.filter(({ route }) => usesList(route, listId)),
  }
}

export interface Overview {
  readonly rules: number
  readonly enabled: number
  readonly listening: number
  readonly failed: number
}

/** Numbers for the header: how many rules there are, should be on, are on, and can not be. */
export function overview({ config, runtime }: AppSnapshot): Overview {
  const known = new Set(config.rules.map(({ id }) => id))
  const states = runtime.rules.filter(({ ruleId }) => known.has(ruleId)).map(({ status }) => status.state)
  return {
    rules: config.rules.length,
    enabled: config.rules.filter(({ enabled }) => enabled).length,
    listening: states.filter((state) => state === 'listening').length,
    failed: states.filter((state) => state === 'failed').length,
  }
}

/** A name that no entry has yet: "Copy of X", "Copy of X 2", … */
export function freeName(base: string, taken: readonly string[]): string {
  const lower = new Set(taken.map((name) => name.toLowerCase()))
  const short = base.slice(0, 58)
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? short : `${short} ${number}`
    if (!lower.has(name.toLowerCase())) return name
  }
}
