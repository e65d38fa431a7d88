import { performance } from 'node:perf_hooks'
import type { Config } from '../../../shared/model/config.ts'
import type { PortRule, Route } from '../../../shared/model/port-rule.ts'
import type { RouteOut } from '../../../shared/runtime.ts'
import { ConditionBook } from '../conditions/condition-book.ts'
import type { HopStates } from '../hop-states.ts'
import type { Candidate } from './candidate.ts'
import { chainGate } from './chain-gate.ts'
import { obstacleOf } from './obstacle.ts'
import { planPool } from './plan-pool.ts'
import { poolOut } from './pool-out.ts'
import { listPool, newMemory, singlePool, type Pool, type RouteRequest } from './pool.ts'
import type { RoutePlan } from './route-plan.ts'

const direct: RoutePlan = { kind: 'direct' }
const block: RoutePlan = { kind: 'block' }
/** A single hop is planned alike for every client and target. */
const noRequest: RouteRequest = { client: '', target: { host: '', port: 0 } }

/** Decides the route of every connection. What depends on the config alone is prepared when that changes. */
export class Router {
  /** Asked for a connection before its rule's own route is taken. */
  readonly conditions = new ConditionBook()
  readonly #hopStates: HopStates
  #hops = new Map<string, Pool>()
  #lists = new Map<string, Pool>()

  constructor(hopStates: HopStates) {
    this.#hopStates = hopStates
  }

  /** Takes on a new config; the hop states must have it already. A list keeps what it remembers. */
  apply(config: Pick<Config, 'hops' | 'lists' | 'rules' | 'conditions'>): void {
    const { hops, lists } = config
    this.conditions.apply(config)
    const members = new Map(hops.map((hop) => [hop.id, { hop, standing: this.#hopStates.standing(hop) }]))
    this.#hops = new Map(
      [...members].map(([id, { hop, standing }]) => [id, singlePool(hop, standing)] as const),
    )
    const before = this.#lists
    this.#lists = new Map(
      lists.map((list) => {
        const memory = before.get(list.id)?.memory ?? newMemory()
        const ofList = list.hopIds.flatMap((id) => members.get(id) ?? [])
        return [list.id, listPool(list, ofList, memory)] as const
      }),
    )
  }

  plan({ route }: Pick<PortRule, 'route'>, request: RouteRequest): RoutePlan {
    if (route.kind === 'direct') return direct
    if (route.kind === 'block') return block
    if (route.kind === 'chain') return this.#planChain(route.hopIds)
    const pool = this.poolOf(route)
    // A rule that was changed while its connection was being accepted may name what is no more.
    if (!pool) return { kind: 'hops', hops: [], notes: [{ code: 'no-route' }] }
    return planPool(pool, { request, now: performance.now(), random: Math.random })
  }

  /** A chain has no choice; where the hop that decides is left alone, it is not tried. */
  #planChain(hopIds: readonly string[]): RoutePlan {
    const members = this.membersOf(hopIds)
    const gate = chainGate(members)
    const pool = gate && this.#hops.get(gate.hop.id)
    const now = performance.now()
    if (pool && obstacleOf(gate, now)) return planPool(pool, { request: noRequest, now, random: Math.random })
    const hops = members.map(({ hop }) => hop)
    if (hops.length < hopIds.length) return { kind: 'hops', hops: [], notes: [{ code: 'no-route' }] }
    return { kind: 'chain', hops, notes: [{ code: 'chain', hops: hops.map(({ name }) => name) }] }
  }

  /** The hops of a chain, as far as there are such. */
  membersOf(hopIds: readonly string[]): Candidate[] {
    return hopIds.flatMap((hopId) => this.#hops.get(hopId)?.candidates ?? [])
  }

  /** A rule's route while none of its hops can be used; undefined while one can, or none is needed. */
  downRoute({ route, lastResortDirect }: PortRule): RouteOut | undefined {
    const gate = route.kind === 'chain' ? chainGate(this.membersOf(route.hopIds)) : undefined
    const pool = gate ? this.#hops.get(gate.hop.id) : this.poolOf(route)
    return lastResortDirect || !pool ? undefined : poolOut(pool)
  }

  /** The same, where all of the rule's connections take that route: with conditions, some may take another. */
  downRouteOfAll(rule: PortRule): RouteOut | undefined {
    return this.conditions.of(rule.id) ? undefined : this.downRoute(rule)
  }

  poolOf(route: Route): Pool | undefined {
    if (route.kind === 'hop') return this.#hops.get(route.hopId)
    return route.kind === 'list' ? this.#lists.get(route.listId) : undefined
  }
}
