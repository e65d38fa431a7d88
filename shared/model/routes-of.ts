import type { Condition } from './condition.ts'
import type { Route } from './route.ts'

// What routes lead through, apart from the schemas: the window asks this before it needs those.

interface Routed {
  readonly route: Route
  readonly conditions: readonly Pick<Condition, 'route'>[]
}

/** Every route that a rule's own connections can take: that of its conditions, and its own. */
export function routesOf({ route, conditions }: Routed): Route[] {
  return [...conditions.map((condition) => condition.route), route]
}

/** True where a route names the hop itself, not by way of a list. */
export function usesHop(route: Route, hopId: string): boolean {
  if (route.kind === 'hop') return route.hopId === hopId
  return route.kind === 'chain' && route.hopIds.includes(hopId)
}

export function usesList(route: Route, listId: string): boolean {
  return route.kind === 'list' && route.listId === listId
}
