import { say, type Said } from '../told.ts'
import type { Condition } from './condition.ts'
import type { Issue } from './issues.ts'
import type { Route } from './route.ts'

// What lists, rules and conditions name by its id.

/** An id or a name that could not be read, for it has a mistake of its own: no part has it, and none is missing. */
export const unread = ''

interface Conditioned {
  readonly conditions: readonly Pick<Condition, 'route'>[]
}

/** What a config says of who is meant by whom; its other fields may be wrong. */
export interface References extends Conditioned {
  readonly hops: readonly { readonly id: string }[]
  readonly lists: readonly { readonly id: string; readonly hopIds: readonly string[] }[]
  readonly rules: readonly (Conditioned & { readonly route: Route })[]
}

/** Every route of a config, with its place. */
export function routePlaces({ rules, conditions }: Pick<References, 'rules' | 'conditions'>): RoutePlace[] {
  const ofConditions = (of: Conditioned['conditions'], path: Issue['path']): RoutePlace[] =>
    of.map(({ route }, index) => ({ route, path: [...path, 'conditions', index, 'route'] }))
  const ofRules = rules.flatMap((rule, index) => [
    { route: rule.route, path: ['rules', index, 'route'] },
    ...ofConditions(rule.conditions, ['rules', index]),
  ])
  return [...ofRules, ...ofConditions(conditions, [])]
}

interface RoutePlace {
  readonly route: Route
  readonly path: Issue['path']
}

const notForChain = (id: string) =>
  say('There is no next hop with the id "{id}": add it, or take it out of the chain', { id })
const notForRoute = (id: string) =>
  say('There is no next hop with the id "{id}": add it, or choose another route', { id })
const notForList = (id: string) =>
  say('There is no next hop with the id "{id}": add it, or take it off the list', { id })

/** Names of what is not there. */
export function danglingReferences(config: References): Issue[] {
  const { hops, lists } = config
  const hopIds = new Set(hops.map(({ id }) => id))
  const listIds = new Set(lists.map(({ id }) => id))
  const issues: Issue[] = []

  const needHop = (id: string, path: Issue['path'], missing: (id: string) => Said) => {
    if (id !== unread && !hopIds.has(id)) issues.push({ path, ...missing(id) })
  }
  const checkRoute = (route: Route, path: Issue['path']) => {
    if (route.kind === 'chain') {
      route.hopIds.forEach((id, position) => {
        needHop(id, [...path, 'hopIds', position], notForChain)
      })
    }
    if (route.kind === 'hop') needHop(route.hopId, [...path, 'hopId'], notForRoute)
    if (route.kind === 'list' && !listIds.has(route.listId)) {
      issues.push({
        path: [...path, 'listId'],
        ...say('There is no next-hop list with the id "{id}": add it, or choose another route', {
          id: route.listId,
        }),
      })
    }
  }
  lists.forEach((list, index) => {
    list.hopIds.forEach((id, position) => {
      needHop(id, ['lists', index, 'hopIds', position], notForList)
    })
  })
  for (const { route, path } of routePlaces(config)) checkRoute(route, path)
  return issues
}
