import { performance } from 'node:perf_hooks'
import type {
  ExplainedCondition,
  ExplainedHop,
  ExplainedObstacle,
  ExplainedRoute,
  ImaginedConnection,
  Refusal,
  RouteExplanation,
} from '../../../shared/explanation.ts'
import { formatEndpoint } from '../../../shared/model/address.ts'
import type { Config } from '../../../shared/model/config.ts'
import { isAllowedDestination } from '../../../shared/model/destination.ts'
import { hostKind } from '../../../shared/model/host.ts'
import type { PortRule } from '../../../shared/model/port-rule.ts'
import type { Route } from '../../../shared/model/route.ts'
import { Admittance } from '../accept.ts'
import type { BookedCondition } from '../conditions/condition-book.ts'
import type { Subject } from '../conditions/prepare.ts'
import { verdictOf } from '../conditions/verdict.ts'
import type { Candidate } from '../routing/candidate.ts'
import { chainGate } from '../routing/chain-gate.ts'
import { obstacleOf, toPlain } from '../routing/obstacle.ts'
import { choose } from '../routing/plan-pool.ts'
import type { Pool, RouteRequest } from '../routing/pool.ts'
import type { Router } from '../routing/router.ts'

export interface ExplainSources {
  readonly config: Config
  readonly router: Router
  readonly isHealthKnown: boolean
}

/** What would become of a connection through a rule: what the engine decides, without leaving a trace in it. */
export function explainRoute(
  rule: PortRule,
  connection: ImaginedConnection,
  sources: ExplainSources,
): RouteExplanation {
  const asked = askAll(sources.router.conditions.allOf(rule.id), connection)
  const decider = asked.find(({ explained }) => explained.outcome.kind === 'holds')
  const refusal = refusalOf(rule, connection, sources.config)
  return {
    ruleId: rule.id,
    ruleName: rule.name,
    connection,
    ...(refusal && { refusal }),
    conditions: asked.map(({ explained }) => explained),
    ...(decider && { decidedBy: placeOf(decider.booked) }),
    isCertain: asked.every(({ explained }) => explained.outcome.kind !== 'open'),
    route: explainHops(decider?.booked.condition.route ?? rule.route, connection, sources),
    lastResortDirect: rule.lastResortDirect,
    isHealthKnown: sources.isHealthKnown,
  }
}

interface Asked {
  readonly booked: BookedCondition
  readonly explained: ExplainedCondition
}

function askAll(all: readonly BookedCondition[], connection: ImaginedConnection): Asked[] {
  const subject: Subject = {
    client: connection.client,
    host: connection.target?.host,
    port: connection.target?.port,
    protocol: connection.protocol,
    time: connection.time,
  }
  let isDecided = false
  return all.map((booked) => {
    const outcome = isDecided ? ({ kind: 'not-asked' } as const) : verdictOf(booked, subject)
    isDecided ||= outcome.kind === 'holds'
    return { booked, explained: { ...placeOf(booked), outcome } }
  })
}

function placeOf({ condition, rule, number }: BookedCondition) {
  const { id, name } = condition
  const of = rule === undefined ? ('all' as const) : ('rule' as const)
  return { id, of, number, ...(name !== undefined && { name }) }
}

function refusalOf(
  rule: PortRule,
  { client, target }: ImaginedConnection,
  { settings }: Config,
): Refusal | undefined {
  if (!settings.forwarding) return 'forwarding-off'
  if (!rule.enabled) return 'rule-off'
  // Behind a load balancer, that one is who must be allowed, and not the client that its header tells.
  const isListed = client !== undefined && hostKind(client) !== 'name' && !rule.receiveProxyHeader
  if (isListed && new Admittance(rule).admit(client, 0) === 'not-allowed') return 'client'
  const { destination } = rule
  const isForbidden =
    target !== undefined &&
    'allowed' in destination &&
    !isAllowedDestination(destination.allowed, target.host) &&
    !(destination.kind === 'sniff' && destination.fallback?.host === target.host)
  return isForbidden ? 'destination' : undefined
}

function explainHops(
  route: Route,
  { client, target = { host: '', port: 0 } }: ImaginedConnection,
  { router }: ExplainSources,
): ExplainedRoute {
  const now = performance.now()
  const { kind } = route
  if (route.kind === 'direct' || route.kind === 'block') return { kind, hops: [], skipped: [] }
  if (route.kind === 'chain') return explainChain(route.hopIds, router, now)
  const pool = router.poolOf(route)
  if (!pool) return { kind, hops: [], skipped: [] }
  const request: RouteRequest = {
    client: client === undefined ? '' : formatEndpoint({ host: client, port: 0 }),
    target,
  }
  const { order, skipped } = choose(copyOf(pool), { request, now, random: Math.random })
  return {
    kind,
    ...(pool.list && {
      list: { name: pool.list.name, mode: pool.list.mode, stickyBy: pool.list.stickyBy },
    }),
    hops: order.map((candidate) => explainHop(candidate)),
    skipped: skipped.map(({ candidate, obstacle }) => explainHop(candidate, toPlain(obstacle, now))),
  }
}

/** A turn of a round robin that nobody takes must not be counted. */
function copyOf(pool: Pool): Pool {
  const { credits, sticky } = pool.memory
  return { ...pool, memory: { credits: new Map(credits), sticky } }
}

/** Of a chain, only the hop that decides is judged; where that is left alone, nothing is tried. */
function explainChain(hopIds: readonly string[], router: Router, now: number): ExplainedRoute {
  const members = router.membersOf(hopIds)
  const gate = chainGate(members)
  const obstacle = gate && obstacleOf(gate, now)
  if (!obstacle) return { kind: 'chain', hops: members.map((it) => explainHop(it)), skipped: [] }
  return { kind: 'chain', hops: [], skipped: [explainHop(gate, toPlain(obstacle, now))] }
}

function explainHop({ hop, isBackup }: Candidate, obstacle?: ExplainedObstacle): ExplainedHop {
  const { id, name, protocol, version } = hop
  return {
    id,
    name,
    address: formatEndpoint(hop),
    kind: protocol === 'http' ? 'HTTP' : `SOCKS${version}`,
    isBackup,
    ...(obstacle && { obstacle }),
  }
}
