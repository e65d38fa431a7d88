import * as v from 'valibot'
import { badRequest, conflict, notFound } from '../../shared/errors.ts'
import { mapConditions } from '../../shared/model/condition.ts'
import type { Config } from '../../shared/model/config.ts'
import { toIssues } from '../../shared/model/issues.ts'
import { withHopReplaced, type NextHopList } from '../../shared/model/next-hop-list.ts'
import { nextHopSchema, type NextHop } from '../../shared/model/next-hop.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'
import { withHopExchanged, type Route } from '../../shared/model/route.ts'
import type { ConfigEditor, Edit } from './config-editor.ts'
import type { Focus } from './change-mistakes.ts'
import type { Handlers } from './dispatch.ts'
import { InvalidError, summarize } from './invalid-error.ts'
import { describeUsers, upsert } from './parts.ts'
import { resolvePassword, type PasswordSources } from './passwords.ts'
import { putBack, type Restore, type Trash } from './trash.ts'
import { routesOf, usesHop } from '../../shared/model/routes-of.ts'
import { say } from '../../shared/told.ts'

// Adding, changing and removing next hops.

export function hopHandlers(
  editor: ConfigEditor,
  trash: Trash,
  sources: PasswordSources,
): Pick<Handlers, 'hop.save' | 'hop.remove'> {
  return {
    'hop.save': ({ hop }) => editor.change((config) => saveHop(config, hop, sources)),
    'hop.remove': async (input) => trash.put(await editor.change((config) => removeHop(config, input))),
  }
}

/** `input` is a hop as clients send it: no password keeps the one that is stored, null removes it. */
export async function saveHop(
  config: Config,
  input: Readonly<Record<string, unknown>>,
  sources: PasswordSources,
): Promise<Edit<{ readonly id: string }>> {
  const hop = parseHop(withStoredPassword(input, config.hops))
  const fetched = await resolvePassword(hop, sources)
  if (!fetched.ok) {
    throw new InvalidError(fetched.said, [{ path: ['hop', 'passwordFrom'], ...fetched.said }])
  }
  return {
    config: { ...config, hops: upsert(config.hops, hop) },
    value: { id: hop.id },
    focus: { section: 'hops', ids: [hop.id], place: (_, rest) => ['hop', ...rest] },
  }
}

function withStoredPassword(
  input: Readonly<Record<string, unknown>>,
  hops: readonly NextHop[],
): Record<string, unknown> {
  const { password, ...rest } = input
  if (password === null) return rest
  if (password !== undefined) return { ...rest, password }
  const stored = hops.find(({ id }) => id === rest.id)?.password
  const isReplaced = rest.passwordFrom !== undefined
  return stored === undefined || isReplaced ? rest : { ...rest, password: stored }
}

function parseHop(input: Record<string, unknown>): NextHop {
  const parsed = v.safeParse(nextHopSchema, input)
  if (parsed.success) return parsed.output
  const issues = toIssues(parsed.issues).map((issue) => ({ ...issue, path: ['hop', ...issue.path] }))
  throw new InvalidError(summarize(issues), issues)
}

interface RemoveInput {
  readonly id: string
  readonly replaceWith?: string | undefined
}

export function removeHop(config: Config, { id, replaceWith }: RemoveInput): Edit<Restore> {
  const index = config.hops.findIndex((hop) => hop.id === id)
  const hop = config.hops[index]
  if (!hop) throw notFound(say('There is no such next hop: it may have been removed already'))
  if (replaceWith === undefined) refuseIfUsed(config, hop)
  else if (replaceWith === id)
    throw badRequest(say('A next hop can not take its own place: name another one'))
  else if (!config.hops.some((other) => other.id === replaceWith)) {
    throw notFound(say('There is no such next hop to take its place: it may have been removed'))
  }
  const rules = config.rules.map((rule) => reroute(rule, id, replaceWith))
  const lists = config.lists.map((list) => exchange(list, id, replaceWith))
  const conditions = mapConditions(config.conditions, (route) => exchangeIn(route, id, replaceWith))
  const changed = { ...config, hops: config.hops.toSpliced(index, 1), lists, rules, conditions }
  const restore: Restore = (later) => ({
    ...later,
    hops: putBack(later.hops, hop, index),
    // Only what still is as the removal left it goes back; what was changed since is somebody's will.
    rules: later.rules.map((rule) => {
      const before = config.rules.find((other) => other.id === rule.id)
      const after = rules.find((other) => other.id === rule.id)
      if (!before || !after) return rule
      return {
        ...rule,
        ...(isSame(rule.route, after.route) && { route: before.route }),
        ...(isSame(rule.conditions, after.conditions) && { conditions: before.conditions }),
      }
    }),
    conditions: isSame(later.conditions, conditions) ? config.conditions : later.conditions,
    lists: later.lists.map((list) => {
      const before = config.lists.find((other) => other.id === list.id)
      const after = lists.find((other) => other.id === list.id)
      if (!before || !after || !isSame(list.hopIds, after.hopIds)) return list
      const { hopIds, weights, backupHopIds } = before
      return { ...list, hopIds, weights, backupHopIds }
    }),
  })
  const focus: Focus = { section: 'hops', ids: [replaceWith ?? id], place: () => ['replaceWith'] }
  return { config: changed, value: restore, focus }
}

function reroute(rule: PortRule, id: string, replaceWith: string | undefined): PortRule {
  if (!routesOf(rule).some((route) => usesHop(route, id))) return rule
  const exchanged = (route: Route) => exchangeIn(route, id, replaceWith)
  return { ...rule, route: exchanged(rule.route), conditions: mapConditions(rule.conditions, exchanged) }
}

function exchangeIn(route: Route, id: string, replaceWith: string | undefined): Route {
  return replaceWith === undefined ? route : withHopExchanged(route, id, replaceWith)
}

function exchange(list: NextHopList, id: string, replaceWith: string | undefined): NextHopList {
  return replaceWith === undefined ? list : withHopReplaced(list, id, replaceWith)
}

function refuseIfUsed(config: Config, hop: NextHop): void {
  const uses = (route: Route) => usesHop(route, hop.id)
  const rules = config.rules.filter((rule) => routesOf(rule).some(uses))
  const lists = config.lists.filter(({ hopIds }) => hopIds.includes(hop.id))
  const isInConditions = config.conditions.some(({ route }) => uses(route))
  const users = describeUsers(rules, lists, isInConditions)
  if (!users) return
  throw conflict(
    say('The next hop "{hop}" is in use by the {users}: name another one to take its place', {
      hop: hop.name,
      users,
    }),
  )
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
