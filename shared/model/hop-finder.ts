import type { Condition } from './condition.ts'
import type { NextHopList } from './next-hop-list.ts'
import type { NextHop } from './next-hop.ts'
import type { PortRule } from './port-rule.ts'
import type { Route } from './route.ts'

// Without schemas: the window needs it before anything is edited.

export interface HopsAndLists {
  readonly hops: readonly NextHop[]
  readonly lists: readonly NextHopList[]
}

/** Finds the hops that a route may use, in the order of its list or chain; for many routes of one config. */
export function hopFinder({ hops, lists }: HopsAndLists): (route: Route) => NextHop[] {
  const hopsById = new Map(hops.map((hop) => [hop.id, hop]))
  const idsOfLists = new Map(lists.map(({ id, hopIds }) => [id, hopIds]))
  return (route) => {
    const ids =
      route.kind === 'hop'
        ? [route.hopId]
        : route.kind === 'chain'
          ? route.hopIds
          : route.kind === 'list'
            ? (idsOfLists.get(route.listId) ?? [])
            : []
    return ids.flatMap((id) => hopsById.get(id) ?? [])
  }
}

/** The routes that connections can take now: of rules that are on, and of conditions that are on. */
export function routesInUse({
  rules,
  conditions,
}: {
  readonly rules: readonly PortRule[]
  readonly conditions: readonly Condition[]
}): Route[] {
  const on = rules.filter(({ enabled }) => enabled)
  if (on.length === 0) return []
  const asked = [...conditions, ...on.flatMap((rule) => rule.conditions)].filter(({ enabled }) => enabled)
  return [...on, ...asked].map(({ route }) => route)
}
