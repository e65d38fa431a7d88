import type { Route } from './route.ts'

/** True where a route names the hop itself, not by way of a list. */
export function usesHop(route: Route, hopId: string): boolean {
  if (route.kind === 'hop') return route.hopId === hopId
  return route.kind === 'chain' && route.hopIds.includes(hopId)
}
