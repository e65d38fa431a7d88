import type { Condition } from '../../../shared/model/condition.ts'
import type { Config } from '../../../shared/model/config.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { PortRule } from '../../../shared/model/port-rule.ts'
import type { Route } from '../../../shared/model/route.ts'

type Routes = Pick<Config, 'hops' | 'lists' | 'rules' | 'conditions'>

/** The rules that close their connections when their route changes, and whose route did. */
export function changedRoutes(before: Routes, after: Routes): string[] {
  const closing = after.rules.filter(({ closeOnRouteChange }) => closeOnRouteChange)
  if (closing.length === 0) return []
  const previous = new Map(before.rules.map((rule) => [rule.id, rule]))
  const describeBefore = routeDescriber(before)
  const describeAfter = routeDescriber(after)
  return closing.flatMap((rule) => {
    const old = previous.get(rule.id)
    return old && describeBefore(old) !== describeAfter(rule) ? [rule.id] : []
  })
}

/** Makes a text of all that decides where a rule's connections go. */
function routeDescriber({ hops, lists, conditions }: Routes): (rule: PortRule) => string {
  const hopsById = new Map(hops.map((hop) => [hop.id, proxyOf(hop)]))
  const listsById = new Map(lists.map((list) => [list.id, list]))
  const describeRoute = (route: Route) => {
    const list = route.kind === 'list' ? listsById.get(route.listId) : undefined
    const own = route.kind === 'hop' ? [route.hopId] : route.kind === 'chain' ? route.hopIds : []
    const ids = list?.hopIds ?? own
    return [route, list, ids.map((id) => hopsById.get(id))]
  }
  const describeConditions = (of: readonly Condition[]) =>
    of
      .filter(({ enabled }) => enabled)
      .map(({ name: _name, ...condition }) => [condition, describeRoute(condition.route)])
  const common = describeConditions(conditions)
  return (rule) =>
    JSON.stringify([rule.destination, describeRoute(rule.route), common, describeConditions(rule.conditions)])
}

/** All of a hop but its name. */
function proxyOf({ name: _name, ...proxy }: NextHop) {
  return proxy
}
