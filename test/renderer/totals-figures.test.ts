import { describe, expect, it } from 'vitest'
import { lastDays, seriesByDay, sumByWay } from '../../renderer/views/totals/totals-figures.ts'

const row = { ruleId: 'r', ruleName: 'Web', bytesUp: 1, bytesDown: 10, connections: 1, failures: 0 }
const rows = [
  { ...row, day: '2026-02-27' },
  { ...row, day: '2026-03-01', failures: 2 },
  { ...row, day: '2026-03-01', hopId: 'h', hopName: 'Office', bytesDown: 500 },
]

describe('the figures of the totals', () => {
  it('add up per rule and hop, the most bytes first', () => {
    expect(sumByWay(rows)).toMatchObject([
      { ruleName: 'Web', hopName: 'Office', bytesDown: 500, connections: 1 },
      { ruleName: 'Web', bytesUp: 2, bytesDown: 20, connections: 2, failures: 2 },
    ])
  })

  it('are there for each day, also without traffic', () => {
    const days = lastDays(4, new Date(2026, 2, 2))
    expect(days).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'])
    expect(seriesByDay(rows, days)).toEqual({ days, down: [10, 0, 510, 0], up: [1, 0, 2, 0] })
  })
})
