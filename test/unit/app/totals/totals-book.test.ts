import { describe, expect, it } from 'vitest'
import { addDeltas, dayOf, mostDays, toRows } from '../../../../main/app/totals/totals-book.ts'
import { noTotalsDocument, totalsCsv, type TotalsDelta } from '../../../../shared/totals.ts'
import { makeConfig, makeHop, makeRule } from '../../../support/config.ts'

const config = makeConfig({
  hops: [makeHop({ id: 'a', name: 'Office', port: 1080 })],
  // The same id as the hop's: they must not be mixed up.
  rules: [makeRule({ id: 'a', name: 'Web', to: 80, route: { kind: 'hop', hopId: 'a' } })],
})
const nothing = { rules: [], hops: [] }
const delta: TotalsDelta = { ruleId: 'a', hopId: 'a', bytesUp: 1, bytesDown: 10, connections: 1, failures: 0 }

describe('totals per day', () => {
  it('add up per day, rule and hop', () => {
    let book = addDeltas(noTotalsDocument, '2026-01-31', [delta, { ...delta, failures: 1 }], config)
    book = addDeltas(book, '2026-02-01', [delta], config)
    const { hopId: _, ...direct } = delta
    book = addDeltas(book, '2026-02-01', [direct], config)
    expect(toRows(book, config, {})).toMatchObject([
      {
        day: '2026-01-31',
        ruleName: 'Web',
        hopName: 'Office',
        bytesUp: 2,
        bytesDown: 20,
        connections: 2,
        failures: 1,
      },
      { day: '2026-02-01', ruleName: 'Web', bytesUp: 1 },
      { day: '2026-02-01', ruleName: 'Web', hopName: 'Office', bytesUp: 1 },
    ])
    expect(toRows(book, config, { from: '2026-02-01' })).toHaveLength(2)
    expect(toRows(book, config, { to: '2026-01-31' })).toHaveLength(1)
  })

  it('keep the names of rules and hops that are no more', () => {
    const book = addDeltas(noTotalsDocument, '2026-01-31', [delta], config)
    expect(toRows(book, nothing, {})).toMatchObject([{ ruleName: 'Web', hopName: 'Office' }])
    const later = addDeltas(book, '2026-02-01', [delta], nothing)
    expect(toRows(later, nothing, {})).toMatchObject([{ ruleName: 'Web' }, { ruleName: 'Web' }])
  })

  it(`are kept for ${mostDays} days with traffic`, () => {
    let book = noTotalsDocument
    for (let day = 0; day < mostDays + 5; day += 1) {
      book = addDeltas(book, dayOf(Date.UTC(2026, 0, 1 + day, 12)), [delta], config)
    }
    expect(book.entries).toHaveLength(mostDays)
    expect(book.entries[0]?.day).toBe(dayOf(Date.UTC(2026, 0, 6, 12)))
  })

  it('are the same document where nothing was added', () => {
    expect(addDeltas(noTotalsDocument, '2026-01-31', [], config)).toBe(noTotalsDocument)
  })
})

describe('totals as CSV', () => {
  it('quote what needs it, and let no name become a formula', () => {
    const row = { ...delta, day: '2026-01-31', ruleName: '=1+1', hopName: 'A, "B"' }
    expect(totalsCsv([row])).toBe(
      'day,rule,next hop,bytes up,bytes down,connections,failures\r\n' +
        '2026-01-31,\'=1+1,"A, ""B""",1,10,1,0\r\n',
    )
  })
})
