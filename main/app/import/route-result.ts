import type { Route } from '../../../shared/model/port-rule.ts'

/** The route of ours for what another program sends traffic through, or why there is none. */
export type RouteResult =
  { readonly ok: true; readonly route: Route } | { readonly ok: false; readonly reason: string }

export function refuse(reason: string): RouteResult {
  return { ok: false, reason }
}

const mostHops = 8

/** Hops in a row, each reached through the one before. */
export function inARow(hopIds: readonly string[]): RouteResult {
  const [first, second] = hopIds
  if (first === undefined) return { ok: true, route: { kind: 'direct' } }
  if (second === undefined) return { ok: true, route: { kind: 'hop', hopId: first } }
  if (hopIds.length > mostHops) return refuse(`it goes through more than ${mostHops} proxies in a row`)
  if (new Set(hopIds).size < hopIds.length) return refuse('it goes through the same proxy twice')
  return { ok: true, route: { kind: 'chain', hopIds: [...hopIds] } }
}

/** A proxy that is reached by way of a route. */
export function behind(before: RouteResult, last: RouteResult): RouteResult {
  if (!before.ok) return refuse(`what it is reached through was not imported: ${before.reason}`)
  if (!last.ok) return last
  const [way, end] = [hopsInARow(before.route), hopsInARow(last.route)]
  if (!way || !end) return refuse('it is reached through a group of proxies or none at all')
  return inARow([...way, ...end])
}

function hopsInARow(route: Route): readonly string[] | undefined {
  switch (route.kind) {
    case 'direct':
      return []
    case 'hop':
      return [route.hopId]
    case 'chain':
      return route.hopIds
    default:
      return undefined
  }
}
