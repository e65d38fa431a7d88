import type { Failure } from '../../shared/errors.ts'
import { hopsOfRule } from '../../shared/model/cross-check.ts'
import type { Config } from '../../shared/model/config.ts'
import type { NextHop } from '../../shared/model/next-hop.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'
import type { HopHealth } from '../../shared/runtime.ts'

/** What a connection shall try, and why. */
export type RoutePlan =
  | { readonly kind: 'direct' }
  | { readonly kind: 'block' }
  /** `hops` in the order in which they are tried. Where it is empty, `failure` says why. */
  | {
      readonly kind: 'hops'
      readonly hops: readonly NextHop[]
      readonly note: string
      readonly failure?: Failure
    }

export interface RouteInput {
  readonly config: Pick<Config, 'hops' | 'lists'>
  readonly rule: PortRule
  readonly healthOf: (hopId: string) => HopHealth
  /** Counts the connections of the rule, for round robin. */
  readonly turn: number
  /** Unix milliseconds. */
  readonly now: number
}

/** Decides which hops a connection of the rule tries, in which order. */
export function planRoute({ config, rule, healthOf, turn, now }: RouteInput): RoutePlan {
  const { route } = rule
  if (route.kind === 'direct' || route.kind === 'block') return { kind: route.kind }
  const list = route.kind === 'list' ? config.lists.find(({ id }) => id === route.listId) : undefined
  const members = hopsOfRule(config, rule)
  const ordered = list?.mode === 'round-robin' ? rotate(members, turn) : members
  const resting = ordered.filter((hop) => isResting(healthOf(hop.id), now))
  const hops = ordered.filter((hop) => !resting.includes(hop))
  const note = describe(list?.name, hops, resting)
  if (hops.length > 0) return { kind: 'hops', hops, note }
  return { kind: 'hops', hops, note, failure: restingFailure(resting, healthOf, now) }
}

function rotate<T>(items: readonly T[], turn: number): readonly T[] {
  const start = items.length === 0 ? 0 : turn % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}

function isResting(health: HopHealth, now: number): boolean {
  return health.state === 'down' && health.retryAt > now
}

function describe(
  listName: string | undefined,
  hops: readonly NextHop[],
  resting: readonly NextHop[],
): string {
  const names = (list: readonly NextHop[]) => list.map(({ name }) => name).join(', ')
  const parts = [
    ...(listName === undefined ? [] : [`list ${listName}`]),
    ...(hops.length > 0 ? [names(hops)] : []),
    ...(resting.length > 0 ? [`left alone after a failure: ${names(resting)}`] : []),
  ]
  return parts.join('; ')
}

/** Of all hops that are left alone, the failure of the one that may be tried again first. */
function restingFailure(resting: readonly NextHop[], healthOf: RouteInput['healthOf'], now: number): Failure {
  const downs = resting
    .map(({ id }) => healthOf(id))
    .filter((health) => health.state === 'down')
    .sort((a, b) => a.retryAt - b.retryAt)
  const [first] = downs
  if (!first) return { code: 'internal', stage: 'route', message: 'the route has no next hop' }
  return { ...first.failure, waitMs: first.retryAt - now }
}
