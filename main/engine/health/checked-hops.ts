import type { NextHop } from '../../../shared/model/next-hop.ts'
import { routesInUse } from '../../../shared/model/hop-finder.ts'
import type { EngineConfig } from '../api.ts'
import { isLookedAfter } from '../hop-state.ts'

/**
 * The hops that are to be checked in this thread: those that want it, have their password, and that rules connect to. Of a
 * chain that is the first alone, since the others may be out of reach from here. Of several threads, the first one checks
 * for all.
 */
export function checkedHops(config: EngineConfig): NextHop[] {
  const { hops, lists, settings, sharing } = config
  const wanting = hops.filter(
    (hop) => isLookedAfter(hop) && !hop.maintenance && hop.missingPassword === undefined,
  )
  if (wanting.length === 0 || !settings.forwarding || (sharing && sharing.thread !== 0)) return []
  const listsById = new Map(lists.map((list) => [list.id, list.hopIds]))
  const used = new Set<string>()
  for (const route of routesInUse(config)) {
    if (route.kind === 'hop') used.add(route.hopId)
    else if (route.kind === 'chain') for (const id of route.hopIds.slice(0, 1)) used.add(id)
    else if (route.kind === 'list') for (const id of listsById.get(route.listId) ?? []) used.add(id)
  }
  return wanting.filter(({ id }) => used.has(id))
}
