import { say, type Said } from '../../shared/told.ts'

// What hops, lists and rules have in common.

interface Part {
  readonly id: string
  readonly name: string
}

/** A copy with the part in the place of the one with its id, or at the end. */
export function upsert<T extends Part>(parts: readonly T[], part: T): T[] {
  const index = parts.findIndex(({ id }) => id === part.id)
  return index < 0 ? [...parts, part] : parts.with(index, part)
}

/** `Office`, or `Office (2)` where there is one already. */
export function freeName(name: string, others: readonly Pick<Part, 'name'>[]): string {
  const taken = new Set(others.map((part) => part.name.toLowerCase()))
  for (let number = 2, candidate = name; ; number += 1) {
    if (!taken.has(candidate.toLowerCase())) return candidate
    candidate = `${name.slice(0, 58)} (${number})`
  }
}

/** Who uses something, `port rules "a" and "b" and the conditions of all rules`; undefined for nobody. */
export function describeUsers(
  rules: readonly Part[],
  lists: readonly Part[],
  isInConditions: boolean,
): Said | undefined {
  const users = [
    ...usersAmong(rules, 'port rule {names}', 'port rules {names}'),
    ...usersAmong(lists, 'next-hop list {names}', 'next-hop lists {names}'),
    ...(isInConditions ? [say('conditions of all rules')] : []),
  ]
  const [first, ...rest] = users
  return first && rest.reduce((before, why) => say('{before} and the {why}', { before, why }), first)
}

function usersAmong(
  parts: readonly Part[],
  one: 'port rule {names}' | 'next-hop list {names}',
  several: 'port rules {names}' | 'next-hop lists {names}',
): Said[] {
  if (parts.length === 0) return []
  return [say(parts.length === 1 ? one : several, { names: parts.map(({ name }) => name) })]
}
