import type { Section } from '../results.ts'
import { remarksOf, tablesOf, type Table } from './tables.ts'

/** A section as text in columns. */
export function renderTerminal(section: Section): string {
  const tables = tablesOf(section).map(renderTable)
  return [`\n${section.title}`, ...tables, ...remarksOf(section).map((remark) => `  ${remark}`)].join('\n')
}

function renderTable({ title, rows }: Table): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
  return [`\n  ${title}`, ...lines.map((line) => `    ${line}`)].join('\n')
}
