import * as v from 'valibot'
import { idSchema } from './model/fields.ts'
import { saying } from './told.ts'

// Totals per rule, hop and day, as they are kept over restarts.

/** What was added for a rule and hop; without a hop for direct and blocked connections. */
export interface TotalsDelta {
  readonly ruleId: string
  readonly hopId?: string
  readonly bytesUp: number
  readonly bytesDown: number
  readonly connections: number
  readonly failures: number
}

/** YYYY-MM-DD in local time, as people count days. */
export const daySchema = v.pipe(
  v.string(saying('{label} must be text', { label: 'Day' })),
  v.regex(/^\d{4}-\d\d-\d\d$/, saying('Day must be like 2026-01-31')),
)

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

export const totalsEntrySchema = v.object({
  day: daySchema,
  ruleId: idSchema,
  hopId: v.optional(idSchema),
  bytesUp: count,
  bytesDown: count,
  connections: count,
  failures: count,
})
export type TotalsEntry = v.InferOutput<typeof totalsEntrySchema>

/** An entry with the names of its rule and hop, or the last ones that were known of those that are no more. */
export interface TotalsRow extends TotalsEntry {
  readonly ruleName: string
  readonly hopName?: string
}

/** The file: entries, and names by kind and id (`rule web`, `hop office`). */
export const totalsDocumentSchema = v.object({
  version: v.literal(1),
  names: v.record(v.string(), v.string()),
  entries: v.array(totalsEntrySchema),
})
export type TotalsDocument = v.InferOutput<typeof totalsDocumentSchema>

export const noTotalsDocument: TotalsDocument = { version: 1, names: {}, entries: [] }

const columns = ['day', 'rule', 'next hop', 'bytes up', 'bytes down', 'connections', 'failures'] as const

/** RFC 4180, with a header line. */
export function totalsCsv(rows: readonly TotalsRow[]): string {
  const lines = rows.map((row) => [
    row.day,
    row.ruleName,
    row.hopName ?? '',
    row.bytesUp,
    row.bytesDown,
    row.connections,
    row.failures,
  ])
  return [columns, ...lines].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')
}

/** A name that begins like a formula would be carried out by spreadsheets: the apostrophe makes it text. */
function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
