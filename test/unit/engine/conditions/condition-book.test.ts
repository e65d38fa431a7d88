import { describe, expect, it } from 'vitest'
import { ConditionBook } from '../../../../main/engine/conditions/condition-book.ts'
import type { ConditionInput } from '../../../../shared/model/condition.ts'
import { ruleWith } from '../../../support/conditions.ts'
import { makeConfig } from '../../../support/config.ts'

const condition = (id: string, fields: Partial<ConditionInput> = {}): ConditionInput => ({
  id,
  port: ['80'],
  route: { kind: 'block' },
  ...fields,
})

function bookOf(common: ConditionInput[], own: ConditionInput[]) {
  const book = new ConditionBook()
  const apply = (all: ConditionInput[], ofRule: ConditionInput[]) => {
    book.apply(makeConfig({ conditions: all, rules: [ruleWith(ofRule), ruleWith([], 'other')] }))
  }
  apply(common, own)
  const ids = (ruleId: string) => book.of(ruleId)?.map((entry) => entry.condition.id)
  const hit = (id: string) => {
    const entry = book.allOf('rule').find((one) => one.condition.id === id)
    if (entry) entry.counter.hits += 1
  }
  return { book, apply, ids, hit }
}

describe('the book of conditions', () => {
  it('puts those of all rules before those of the rule', () => {
    const { ids } = bookOf([condition('a'), condition('b')], [condition('c')])
    expect(ids('rule')).toEqual(['a', 'b', 'c'])
    expect(ids('other')).toEqual(['a', 'b'])
  })

  it('has nothing to ask where none is on', () => {
    const off = { enabled: false }
    expect(bookOf([], []).ids('rule')).toBeUndefined()
    expect(bookOf([condition('a', off)], [condition('c', off)]).ids('rule')).toBeUndefined()
    const { ids } = bookOf([condition('a', off)], [condition('c')])
    expect(ids('rule')).toEqual(['a', 'c'])
    expect(ids('other')).toBeUndefined()
  })

  it('keeps the counters of conditions that ask the same and lead to the same', () => {
    const { book, apply, hit } = bookOf([condition('a')], [condition('a'), condition('c')])
    hit('a')
    hit('c')
    hit('c')
    expect(book.hits()).toEqual([
      { conditionId: 'a', hits: 1 },
      { ruleId: 'rule', conditionId: 'c', hits: 2 },
    ])
    // Moved, renamed and switched: still the same.
    apply([condition('a', { name: 'A' })], [condition('c', { enabled: false }), condition('a')])
    expect(book.hits()).toEqual([
      { conditionId: 'a', hits: 1 },
      { ruleId: 'rule', conditionId: 'c', hits: 2 },
    ])
    apply([condition('a', { port: ['81'] })], [condition('c', { route: { kind: 'direct' } })])
    expect(book.hits()).toEqual([])
  })
})
