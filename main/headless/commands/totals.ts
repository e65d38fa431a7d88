import { existsSync } from 'node:fs'
import { formatBytes } from '../../../shared/format.ts'
import { noTotalsDocument, totalsCsv, type TotalsRow } from '../../../shared/totals.ts'
import { conflict, notFound } from '../../../shared/errors.ts'
import { readDocument } from '../../app/config-document.ts'
import { describeSystemError } from '../../app/system-error.ts'
import { dayOf, toRows } from '../../app/totals/totals-book.ts'
import { totalsFile, totalsPath } from '../../app/totals/totals-file.ts'
import { UsageError, type Command, type Given } from '../command.ts'
import { confFile } from '../conf-file.ts'
import { defaultConfigPath } from '../config-path.ts'
import type { Console } from '../console.ts'

export const totals: Command = {
  name: 'totals',
  summary: 'Tells bytes, connections and failures per day, rule and next hop.',
  operands: [],
  options: {
    csv: { type: 'boolean', summary: 'as CSV, for a spreadsheet' },
    days: { type: 'string', value: 'N', summary: 'only the last N days, today among them' },
    config: {
      type: 'string',
      value: 'FILE',
      summary: `the config whose totals are meant (${defaultConfigPath({}, 'linux', '~')} on Linux)`,
    },
  },
  notes: [
    'They are kept beside the config, in config.totals.json, for 400 days; a Nexthop that runs saves them every 2 minutes ' +
      'and when it ends.',
  ],
  examples: [
    { line: 'nexthop totals --days 7', says: 'the last week' },
    { line: 'nexthop totals --csv > totals.csv', says: 'all of them, for a spreadsheet' },
  ],
  run: async (given, { console, env }) => {
    const path = given.text('config') ?? defaultConfigPath(env)
    if (given.text('config') !== undefined && !existsSync(path) && !existsSync(totalsPath(path))) {
      throw notFound(`There is no config ${path}: check its name`)
    }
    const rows = readRows(path, firstDay(given))
    if (given.flag('csv')) tellCsv(totalsCsv(rows), console)
    else tell(rows, path, console)
    return 0
  },
}

function firstDay(given: Given): string | undefined {
  const text = given.text('days')
  if (text === undefined) return undefined
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UsageError('--days must be a whole number from 1 to 9999')
  const first = new Date()
  first.setDate(first.getDate() - Number(text) + 1)
  return dayOf(first.getTime())
}

function readRows(configPath: string, from: string | undefined): TotalsRow[] {
  const path = totalsPath(configPath)
  try {
    return toRows(totalsFile(path).read() ?? noTotalsDocument, presentNames(configPath), { from })
  } catch (error) {
    throw conflict(`The file ${path} can not be read: ${describeSystemError(error)}`)
  }
}

/** Rules and hops may have other names than when their totals were saved. */
function presentNames(configPath: string) {
  const document = readDocument(confFile(configPath).read() ?? '')
  return document.kind === 'valid' ? document.config : { rules: [], hops: [] }
}

function tellCsv(csv: string, console: Console): void {
  // The console ends the line itself.
  console.result(csv.replace(/\n$/, ''), { event: 'csv', csv })
}

function tell(rows: readonly TotalsRow[], path: string, console: Console): void {
  const nothing = `There are no totals of ${path} yet: a "nexthop serve" saves them every 2 minutes and when it ends.`
  console.note(rows.length === 0 ? nothing : `Totals of ${path}:`)
  for (const row of rows) {
    const { day, ruleName, hopName, bytesUp, bytesDown, connections, failures } = row
    const bytes = `${formatBytes(bytesUp)} up, ${formatBytes(bytesDown)} down`
    const counts = `${connections} ${connections === 1 ? 'connection' : 'connections'}, ${failures} failed`
    const way = hopName === undefined ? '' : ` via ${hopName}`
    console.result(`${day}  ${ruleName}${way}: ${bytes}, ${counts}`, { event: 'total', ...row })
  }
}
