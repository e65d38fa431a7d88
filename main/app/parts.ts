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

const mostNames = 3

/** `port rule "a"`, `port rules "a" and "b"`, `port rules "a", "b", "c" and 4 more`; empty for none. */
export function joinNames(noun: string, parts: readonly Part[]): string {
  if (parts.length === 0) return ''
  const shown = parts.slice(0, mostNames).map(({ name }) => `"${name}"`)
  const rest = parts.length - shown.length
  const items = rest > 0 ? [...shown, `${rest} more`] : shown
  const last = items.pop()
  const text = items.length === 0 ? last : `${items.join(', ')} and ${last}`
  return `${noun}${parts.length === 1 ? '' : 's'} ${text}`
}
