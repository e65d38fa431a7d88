import * as v from 'valibot'
import { daySchema, type TotalsRow } from '../totals.ts'
import { call, nothing, type Done, type TextFile } from './call.ts'

const period = v.strictObject({
  /** The first and last day; without them, as far as totals are kept. */
  from: v.optional(daySchema),
  to: v.optional(daySchema),
})

export const totalsCalls = {
  'totals.list': call(
    'Bytes, connections and failures per day, rule and hop; oldest day first.',
    period,
  ).returns<readonly TotalsRow[]>(),
  'totals.export': call('The same as a CSV file.', period).returns<TextFile>(),
  'totals.clear': call('Forgets all totals per day.', nothing).returns<Done>(),
}
