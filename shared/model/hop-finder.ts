import type { NextHop } from './next-hop.ts'
import type { NextHopList } from './next-hop-list.ts'
import type { PortRule } from './port-rule.ts'

// Without schemas: the window needs it before anything is edited.

interface HopsAndLists {
  readonly hops: readonly NextHop[]
  readonly lists: readonly NextHopList[]
}

/** Finds the hops that a rule may use, in the order of its list; for many rules of one config. */
export function hopFinder({ hops, lists }: HopsAndLists): (rule: PortRule) => NextHop[] {
  const hopsById = new Map(hops.map((hop) => [hop.id, hop]))
  const idsOfLists = new Map(lists.map(({ id, hopIds }) => [id, hopIds]))
  return ({ route }) => {
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

export function hopsOfRule(parts: HopsAndLists, rule: PortRule): NextHop[] {
  return hopFinder(parts)(rule)
}
