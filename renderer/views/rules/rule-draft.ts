import * as v from 'valibot'
import { defaultListenHost } from '../../../shared/model/address.ts'
import { parseEndpoint } from '../../../shared/model/parse-address.ts'
import type { Condition } from '../../../shared/model/condition.ts'
import { crossCheck } from '../../../shared/model/cross-check.ts'
import { toIssues, type Issue } from '../../../shared/model/issues.ts'
import type { NewRuleDefaults } from '../../../shared/model/new-part-defaults.ts'
import {
  portRuleSchema,
  type OnFailure,
  type PortRule,
  type PortRuleInput,
  type Route,
} from '../../../shared/model/port-rule.ts'
import type { OnAllDown } from '../../../shared/model/route-options.ts'
import type { ConfigView } from '../../../shared/runtime.ts'
import { toNetworks } from '../../state/networks.ts'
import { toMs, toWholeNumber } from '../../state/numbers.ts'
import {
  emptyDestination,
  toDestinationDraft,
  toDestinationInput,
  type DestinationDraft,
} from './destination-draft.ts'

/** A port rule as the form holds it: what was typed, as text. */
export interface RuleDraft extends DestinationDraft {
  readonly id: string
  name: string
  enabled: boolean
  listenKind: 'tcp' | 'unix'
  listenHost: string
  listenPort: string
  listenPath: string
  /** "hop:<id>", "list:<id>", "chain:<id>,<id>", "direct", "block", or '' where nothing is chosen yet. */
  route: string
  idleSeconds: string
  maxConnections: string
  onFailure: OnFailure
  /** One network per line, or with commas. */
  allowedClients: string
  conditions: readonly Condition[]
  lastResortDirect: boolean
  onAllDown: OnAllDown
  closeOnRouteChange: boolean
  trace: boolean
}

export function emptyRule(
  id: string,
  listenPort: string,
  route: string,
  start: NewRuleDefaults = { idleTimeoutMs: 0, maxConnections: 0 },
): RuleDraft {
  return {
    id,
    name: '',
    enabled: true,
    listenKind: 'tcp',
    listenHost: defaultListenHost,
    listenPort,
    listenPath: '',
    ...emptyDestination,
    route,
    idleSeconds: String(start.idleTimeoutMs / 1000),
    maxConnections: String(start.maxConnections),
    onFailure: 'explain',
    allowedClients: '',
    conditions: [],
    lastResortDirect: false,
    onAllDown: 'answer',
    closeOnRouteChange: false,
    trace: false,
  }
}

export function toRuleDraft(rule: PortRule): RuleDraft {
  const { listen } = rule
  return {
    id: rule.id,
    name: rule.name,
    enabled: rule.enabled,
    listenKind: listen.kind,
    listenHost: listen.kind === 'tcp' ? listen.host : defaultListenHost,
    listenPort: listen.kind === 'tcp' ? String(listen.port) : '',
    listenPath: listen.kind === 'unix' ? listen.path : '',
    ...toDestinationDraft(rule),
    route: routeKey(rule.route),
    idleSeconds: String(rule.idleTimeoutMs / 1000),
    maxConnections: String(rule.maxConnections),
    onFailure: rule.onFailure,
    allowedClients: rule.allowedClients.join('\n'),
    conditions: rule.conditions,
    lastResortDirect: rule.lastResortDirect,
    onAllDown: rule.onAllDown,
    closeOnRouteChange: rule.closeOnRouteChange,
    trace: rule.trace === true,
  }
}

export function routeKey(route: Route): string {
  if (route.kind === 'hop') return `hop:${route.hopId}`
  if (route.kind === 'list') return `list:${route.listId}`
  if (route.kind === 'chain') return `chain:${route.hopIds.join(',')}`
  return route.kind
}

export function toRoute(key: string): Route | undefined {
  const [kind = '', id = ''] = key.split(':')
  if (kind === 'hop') return { kind, hopId: id }
  if (kind === 'list') return { kind, listId: id }
  if (kind === 'chain') return { kind, hopIds: id.split(',').filter(Boolean) }
  if (kind === 'direct' || kind === 'block') return { kind }
  return undefined
}

/** The name that is saved where none was given: the destination says most, where there is one. */
export function nameFor({ name, host, port, destinationKind }: RuleDraft): string {
  if (name.trim() === '' && !namesItself(destinationKind)) return ''
  return name.trim() || (host.trim() && port.trim() ? `${host.trim()}:${port.trim()}`.slice(0, 64) : '')
}

/** What is sent to the app; not yet checked. */
export function toRuleInput(draft: RuleDraft): Omit<PortRuleInput, 'route'> & { route: Route | undefined } {
  return {
    id: draft.id,
    name: nameFor(draft),
    enabled: draft.enabled,
    listen:
      draft.listenKind === 'unix'
        ? { kind: 'unix', path: draft.listenPath.trim() }
        : { kind: 'tcp', host: draft.listenHost.trim(), port: toWholeNumber(draft.listenPort) },
    ...toDestinationInput(draft),
    route: toRoute(draft.route),
    idleTimeoutMs: toMs(draft.idleSeconds),
    maxConnections: toWholeNumber(draft.maxConnections),
    onFailure: draft.onFailure,
    allowedClients: toNetworks(draft.allowedClients),
    conditions: [...draft.conditions],
    lastResortDirect: draft.lastResortDirect,
    onAllDown: draft.onAllDown,
    closeOnRouteChange: draft.closeOnRouteChange,
    ...(draft.trace && { trace: true }),
  }
}

/** True where the destination is in the rule, and not in what a client sends. */
export function namesItself(kind: DestinationDraft['destinationKind']): boolean {
  return kind === 'fixed' || kind === 'range'
}

export type CheckedRule =
  { readonly ok: true; readonly rule: PortRule } | { readonly ok: false; readonly issues: readonly Issue[] }

/** Checks a draft by itself, then against the rest of the config. Paths are those of a port rule. */
export function checkRule(draft: RuleDraft, config: ConfigView, chooseRoute: string): CheckedRule {
  const input = toRuleInput(draft)
  const parsed = v.safeParse(portRuleSchema, input)
  if (!parsed.success) {
    // The destination gives the name where none is given: it alone is missing then.
    const isNameless = input.name === '' && namesItself(draft.destinationKind)
    const issues = toIssues(parsed.issues).filter(({ path }) => !(isNameless && path[0] === 'name'))
    if (input.route) return { ok: false, issues }
    const others = issues.filter(({ path }) => path[0] !== 'route')
    return { ok: false, issues: [...others, { path: ['route'], message: chooseRoute }] }
  }
  const rule = parsed.output
  // Last, so that of two rules which exclude each other this one is told.
  const rules = [...config.rules.filter(({ id }) => id !== rule.id), rule]
  const index = rules.length - 1
  const issues = crossCheck({ ...config, hops: [...config.hops], rules })
    .filter(({ path }) => path[0] === 'rules' && path[1] === index)
    .map((issue) => ({ ...issue, path: issue.path.slice(2) }))
  return issues.length === 0 ? { ok: true, rule } : { ok: false, issues }
}

/** `host:port` that was pasted into the host alone, taken apart; undefined for anything else. */
export function splitPastedEndpoint(text: string): { host: string; port: string } | undefined {
  const parsed = parseEndpoint(
    text
      .trim()
      .replace(/^[a-z]+:\/\//i, '')
      .replace(/\/$/, ''),
  )
  return parsed.ok ? { host: parsed.value.host, port: String(parsed.value.port) } : undefined
}

/** True where saving changes what new connections meet, so that open ones go on under the old rule. */
export function changesTraffic(before: PortRule, after: PortRule): boolean {
  const relevant = ({
    listen,
    destination,
    conditions,
    route,
    receiveProxyHeader,
    sendProxyHeader,
  }: PortRule) =>
    JSON.stringify([listen, destination, conditions, route, receiveProxyHeader, sendProxyHeader])
  return relevant(before) !== relevant(after)
}
