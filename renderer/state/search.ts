/** True where every word of the query is somewhere in the texts, whatever the case. */
export function matches(query: string, ...texts: readonly (string | undefined)[]): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const haystack = texts.join('\n').toLowerCase()
  return words.every((word) => haystack.includes(word))
}

/** The list with one entry moved by a number of places; the ends hold. */
export function moveBy<T>(list: readonly T[], from: number, by: number): readonly T[] {
  return moveTo(list, from, Math.min(Math.max(from + by, 0), list.length - 1))
}

/** The list with one entry moved to another index. */
export function moveTo<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const entry = list[from]
  if (entry === undefined || from === to) return list
  const rest = list.filter((_, index) => index !== from)
  return [...rest.slice(0, to), entry, ...rest.slice(to)]
}
