import type { Config } from '../../../shared/model/config.ts'
import type { TotalsDelta, TotalsDocument, TotalsEntry, TotalsRow } from '../../../shared/totals.ts'

// Totals by day as a document: pure functions from one to the next.

export const mostDays = 400
/** Some 20 MB of text. A day with more rules and hops than that loses the oldest days. */
export const mostEntries = 100_000

type Parts = Pick<Config, 'rules' | 'hops'>
export interface Period {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** The local day of a time in Unix milliseconds, YYYY-MM-DD. */
export function dayOf(at: number): string {
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

export function addDeltas(
  document: TotalsDocument,
  day: string,
  deltas: readonly TotalsDelta[],
  parts: Parts,
): TotalsDocument {
  if (deltas.length === 0) return document
  const entries = new Map(document.entries.map((entry) => [keyOf(entry), entry]))
  for (const delta of deltas) {
    const key = keyOf({ ...delta, day })
    entries.set(key, sum(entries.get(key), { ...delta, day }))
  }
  return prune({ ...document, entries: [...entries.values()], names: namesWith(document.names, parts) })
}

function keyOf({ day, ruleId, hopId }: Pick<TotalsEntry, 'day' | 'ruleId' | 'hopId'>): string {
  return `${day} ${ruleId} ${hopId ?? ''}`
}

function sum(before: TotalsEntry | undefined, added: TotalsEntry): TotalsEntry {
  if (!before) return added
  return {
    ...before,
    bytesUp: before.bytesUp + added.bytesUp,
    bytesDown: before.bytesDown + added.bytesDown,
    connections: before.connections + added.connections,
    failures: before.failures + added.failures,
  }
}

function namesWith(names: TotalsDocument['names'], { rules, hops }: Parts): TotalsDocument['names'] {
  const present = [
    ...rules.map(({ id, name }) => [ruleKey(id), name] as const),
    ...hops.map(({ id, name }) => [hopKey(id), name] as const),
  ]
  return { ...names, ...Object.fromEntries(present) }
}

/** A rule and a hop may have the same id. */
const ruleKey = (id: string) => `rule ${id}`
const hopKey = (id: string) => `hop ${id}`

/** Drops the oldest days beyond the bounds, and the names that nothing needs any more. */
function prune(document: TotalsDocument): TotalsDocument {
  const sorted = [...document.entries].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const days = [...new Set(sorted.map(({ day }) => day))].slice(-mostDays)
  const entries = sorted.filter(({ day }) => day >= (days[0] ?? '')).slice(-mostEntries)
  const used = new Set(entries.flatMap(({ ruleId, hopId }) => [ruleKey(ruleId), hopKey(hopId ?? '')]))
  const names = Object.fromEntries(Object.entries(document.names).filter(([id]) => used.has(id)))
  return { ...document, entries, names }
}

/** The entries of a period with names: the present ones, else the last that were known. */
export function toRows(document: TotalsDocument, parts: Parts, { from, to }: Period): TotalsRow[] {
  const names = namesWith(document.names, parts)
  return document.entries
    .filter(({ day }) => (from === undefined || day >= from) && (to === undefined || day <= to))
    .map(({ hopId, ...entry }) => ({
      ...entry,
      ruleName: names[ruleKey(entry.ruleId)] ?? entry.ruleId,
      ...(hopId !== undefined && { hopId, hopName: names[hopKey(hopId)] ?? hopId }),
    }))
}
