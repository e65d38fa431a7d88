import type { TotalsRow } from '../../../shared/totals.ts'

export interface Counts {
  readonly bytesUp: number
  readonly bytesDown: number
  readonly connections: number
  readonly failures: number
}

/** What went one way: through a rule, and a next hop where there was one. */
export interface WayTotal extends Counts {
  readonly key: string
  readonly ruleName: string
  readonly hopName?: string
}

export function sumOf(ways: readonly Counts[]): Counts {
  const sum = (of: keyof Counts) => ways.reduce((total, way) => total + way[of], 0)
  return {
    bytesUp: sum('bytesUp'),
    bytesDown: sum('bytesDown'),
    connections: sum('connections'),
    failures: sum('failures'),
  }
}

/** One sum for each rule and hop, the most bytes first. */
export function sumByWay(rows: readonly TotalsRow[]): WayTotal[] {
  const ways = new Map<string, WayTotal>()
  for (const { ruleId, ruleName, hopId, hopName, ...counts } of rows) {
    const key = `${ruleId} ${hopId ?? ''}`
    const before = ways.get(key)
    ways.set(key, {
      key,
      ruleName,
      ...(hopName !== undefined && { hopName }),
      bytesUp: (before?.bytesUp ?? 0) + counts.bytesUp,
      bytesDown: (before?.bytesDown ?? 0) + counts.bytesDown,
      connections: (before?.connections ?? 0) + counts.connections,
      failures: (before?.failures ?? 0) + counts.failures,
    })
  }
  return [...ways.values()].sort((a, b) => bytesOf(b) - bytesOf(a))
}

function bytesOf({ bytesUp, bytesDown }: Pick<WayTotal, 'bytesUp' | 'bytesDown'>): number {
  return bytesUp + bytesDown
}

/** Bytes of each day, also of those without traffic; oldest first. */
export interface DaySeries {
  readonly days: readonly string[]
  readonly down: readonly number[]
  readonly up: readonly number[]
}

export function seriesByDay(rows: readonly TotalsRow[], days: readonly string[]): DaySeries {
  const down = new Map<string, number>()
  const up = new Map<string, number>()
  for (const row of rows) {
    down.set(row.day, (down.get(row.day) ?? 0) + row.bytesDown)
    up.set(row.day, (up.get(row.day) ?? 0) + row.bytesUp)
  }
  return { days, down: days.map((day) => down.get(day) ?? 0), up: days.map((day) => up.get(day) ?? 0) }
}

/** The last days up to a date, YYYY-MM-DD in local time. */
export function lastDays(count: number, today: Date): string[] {
  const two = (value: number) => String(value).padStart(2, '0')
  return Array.from({ length: count }, (_, index) => {
    const date = new Date(today.getFullYear(), today.getMonth(), today.getDate() - (count - 1 - index))
    return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  })
}
