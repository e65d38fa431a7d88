import { notFound } from '../../../shared/errors.ts'
import type { Config } from '../../../shared/model/config.ts'
import { hopFinder } from '../../../shared/model/hop-finder.ts'
import type { Question, RuleSet } from '../../../shared/library/rule-set.ts'
import { routesOf, usesList } from '../../../shared/model/routes-of.ts'
import { say } from '../../../shared/told.ts'

/** A rule set of rules that are there, with their lists and hops. It asks for the passwords, which it does not hold. */
export function makeSet(config: Config, name: string, ruleIds: readonly string[]): RuleSet {
  const rules = config.rules.filter(({ id }) => ruleIds.includes(id))
  if (rules.length < new Set(ruleIds).size) {
    throw notFound(say('There is no such port rule: it may have been removed already'))
  }
  const used = new Set(rules.flatMap(routesOf).flatMap(hopFinder(config)))
  const hops = config.hops.filter((hop) => used.has(hop))
  const lists = config.lists.filter(({ id }) =>
    rules.some((rule) => routesOf(rule).some((route) => usesList(route, id))),
  )
  const labels = new Map<string, string>()
  hops.forEach(({ id }, index) => labels.set(id, `$new.hop${index + 1}`))
  lists.forEach(({ id }, index) => labels.set(id, `$new.list${index + 1}`))
  rules.forEach(({ id }, index) => labels.set(id, `$new.rule${index + 1}`))
  const questions: Question[] = []
  const portable = hops.map(({ password, passwordFrom, ...hop }, index) => {
    if (password === undefined && passwordFrom === undefined) return hop
    const id = `password${index + 1}`
    questions.push({
      id,
      kind: 'password',
      label: { en: `Password of ${hop.name}`, de: `Passwort von ${hop.name}` },
    })
    return { ...hop, password: `$${id}` }
  })
  return {
    nexthopSet: 1,
    id: idFor(name),
    name,
    summary: rules
      .map((rule) => rule.name)
      .join(', ')
      .slice(0, 400),
    questions,
    hops: portable.map((part) => relabel(part, labels)),
    lists: lists.map((part) => relabel(part, labels)),
    rules: rules.map((part) => relabel(part, labels)),
  }
}

function idFor(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return (words === '' ? 'set' : words).slice(0, 30)
}

/** Ids become those of the set in every field that holds some. */
function relabel(part: object, labels: ReadonlyMap<string, string>): Record<string, unknown> {
  return replace(part, labels, false) as Record<string, unknown>
}

function replace(value: unknown, labels: ReadonlyMap<string, string>, isId: boolean): unknown {
  if (typeof value === 'string') return (isId ? labels.get(value) : undefined) ?? escapeText(value)
  if (Array.isArray(value)) return value.map((entry) => replace(entry, labels, isId))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, replace(entry, labels, /(^id|Ids?)$/.test(key))]),
  )
}

/** A "$" of a name is no place for an answer. */
function escapeText(text: string): string {
  return /^\$password\d+$/.test(text) ? text : text.replaceAll('$', '$$$$')
}
