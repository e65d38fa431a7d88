import { noTotals, type Totals } from '../../shared/runtime.ts'

/** The sum of totals, field by field. */
export function addTotals(all: readonly Totals[]): Totals {
  return all.reduce(
    (sum, totals) => ({
      bytesUp: sum.bytesUp + totals.bytesUp,
      bytesDown: sum.bytesDown + totals.bytesDown,
      open: sum.open + totals.open,
      opened: sum.opened + totals.opened,
      failed: sum.failed + totals.failed,
    }),
    noTotals,
  )
}
