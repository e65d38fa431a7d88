import { lacksPassword, type Failure } from './errors.ts'
import type { Config } from './model/config.ts'
import type { NextHop } from './model/next-hop.ts'
import { hopFinder, routesInUse } from './model/hop-finder.ts'
import type { PortRule } from './model/port-rule.ts'
import type { ConfigView, EngineStatus, HopHealth, RuleStatus, RuntimeSnapshot } from './runtime.ts'

// What is wrong now, derived from what is wanted and what is: whoever has a snapshot and its events has the problems.

/** What helps, as a button or a command. */
export type ProblemAction =
  /** Who holds the port, and which one is free. */
  'examine-port' | 'edit-rule' | 'check-hop' | 'edit-hop' | 'edit-login' | 'edit-list' | 'none'

interface Common {
  /** The same for as long as the problem is the same. */
  readonly key: string
  /** Of the rule, hop or list. */
  readonly name: string
  readonly action: ProblemAction
}

export type Problem =
  | (Common & { readonly kind: 'rule-failed'; readonly ruleId: string; readonly failure: Failure })
  /** Every hop of a list that is in use is down. */
  | (Common & { readonly kind: 'list-down'; readonly listId: string })
  | (Common & {
      readonly kind: 'hop-down' | 'certificate-expired'
      readonly hopId: string
      readonly failure: Failure
      /** Unix milliseconds. */
      readonly since: number
    })
  /** Every hop of the route is down, and the rule connects past them, as it was told to. */
  | (Common & { readonly kind: 'goes-direct'; readonly ruleId: string })
  | (Common & { readonly kind: 'engine-down' })

export interface ProblemSources {
  readonly config: Config | ConfigView
  readonly statusOf: (ruleId: string) => RuleStatus | undefined
  readonly healthOf: (hopId: string) => HopHealth | undefined
  readonly engine: EngineStatus['state']
}

/** The problems of rules that are on and of what they use; the gravest first. */
export function findProblems(sources: ProblemSources): Problem[] {
  const { config, engine } = sources
  if (engine === 'restarting') return [{ kind: 'engine-down', key: 'engine', name: 'engine', action: 'none' }]
  if (!config.settings.forwarding) return []
  const rules = config.rules.filter(({ enabled }) => enabled)
  return [
    ...failedRules(rules, sources),
    ...rulesGoingDirect(rules, sources),
    ...listsDown(rules, sources),
    ...hopsDown(sources),
  ]
}

export function problemsOf(state: {
  readonly config: ProblemSources['config']
  readonly runtime: RuntimeSnapshot
  readonly engine: EngineStatus
}): Problem[] {
  const rules = new Map(state.runtime.rules.map(({ ruleId, status }) => [ruleId, status]))
  const hops = new Map(state.runtime.hops.map(({ hopId, health }) => [hopId, health]))
  return findProblems({
    config: state.config,
    statusOf: (id) => rules.get(id),
    healthOf: (id) => hops.get(id),
    engine: state.engine.state,
  })
}

function failedRules(rules: readonly PortRule[], { statusOf }: ProblemSources): Problem[] {
  return rules.flatMap(({ id, name }): Problem[] => {
    const status = statusOf(id)
    if (status?.state !== 'failed') return []
    const { failure } = status
    const isAboutPort = failure.code === 'port-in-use' || failure.code === 'port-forbidden'
    const action = isAboutPort ? 'examine-port' : 'edit-rule'
    return [{ kind: 'rule-failed', key: `rule ${id}`, name, action, ruleId: id, failure }]
  })
}

function rulesGoingDirect(rules: readonly PortRule[], { config, healthOf }: ProblemSources): Problem[] {
  const going = rules.filter(({ lastResortDirect }) => lastResortDirect)
  const hopsOf = hopFinder(config)
  const isDown = (hop: NextHop) => healthOf(hop.id)?.state === 'down'
  const isWithoutPassword = ({ id }: NextHop) => {
    const health = healthOf(id)
    return health?.state === 'down' && lacksPassword(health.failure)
  }
  return going.flatMap((rule): Problem[] => {
    const hops = hopsOf(rule.route)
    // Of a chain, the first hop alone is judged, but each must be able to log in.
    const isOut =
      rule.route.kind === 'chain'
        ? hops.slice(0, 1).some(isDown) || hops.some(isWithoutPassword)
        : hops.length > 0 && hops.every(isDown)
    if (!isOut) return []
    const { id, name } = rule
    return [{ kind: 'goes-direct', key: `direct ${id}`, name, action: 'edit-rule', ruleId: id }]
  })
}

function listsDown(rules: readonly PortRule[], { config, healthOf }: ProblemSources): Problem[] {
  const routes = routesInUse({ rules, conditions: config.conditions })
  const used = new Set(routes.flatMap((route) => (route.kind === 'list' ? [route.listId] : [])))
  return config.lists
    .filter(({ id, hopIds }) => used.has(id) && hopIds.every((hopId) => healthOf(hopId)?.state === 'down'))
    .map(({ id, name }) => ({ kind: 'list-down', key: `list ${id}`, name, action: 'edit-list', listId: id }))
}

function hopsDown({ config, healthOf }: ProblemSources): Problem[] {
  return hopsInUse<NextHop>(config).flatMap(({ id, name }): Problem[] => {
    const health = healthOf(id)
    if (health?.state !== 'down') return []
    const { failure, at } = health
    const kind = isExpired(failure) ? 'certificate-expired' : 'hop-down'
    const action = actionFor(failure)
    return [{ kind, key: `hop ${id}`, name, action, hopId: id, failure, since: at }]
  })
}

/** The hops that connections of rules that are on may lead through; none while nothing is forwarded. */
export function hopsInUse<H extends NextHop>(
  config: Pick<Config, 'rules' | 'lists' | 'conditions' | 'settings'> & { readonly hops: readonly H[] },
): H[] {
  if (!config.settings.forwarding) return []
  const hopsOf = hopFinder(config)
  const rules = config.rules.filter(({ enabled }) => enabled)
  const routes = routesInUse({ rules, conditions: config.conditions })
  const used = new Set(routes.flatMap((route) => hopsOf(route).map(({ id }) => id)))
  return config.hops.filter(({ id }) => used.has(id))
}

/** Told by TLS itself, or only by the name of the system's error. */
function isExpired({ tls, errno }: Failure): boolean {
  return tls === 'expired' || errno === 'CERT_HAS_EXPIRED'
}

/** What the user can put right is in the hop's dialog; else it is tried whether the hop is well again. */
function actionFor({ code, tls }: Failure): ProblemAction {
  if (code === 'hop-auth-failed') return 'edit-login'
  const isSetting = tls === 'unknown-issuer' || tls === 'wrong-name' || tls === 'not-tls'
  return code === 'hop-tls-failed' && isSetting ? 'edit-hop' : 'check-hop'
}
