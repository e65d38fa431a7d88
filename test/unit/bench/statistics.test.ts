import { describe, expect, it } from 'vitest'
import { best, median, ratio, spread } from '../../bench/statistics.ts'

describe('median', () => {
  it.each([
    [[], undefined],
    [[7], 7],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
  ])('of %j is %s', (values, expected) => {
    expect(median(values)).toBe(expected)
  })

  it('leaves the order of its input alone', () => {
    const values = [3, 1, 2]
    median(values)
    expect(values).toEqual([3, 1, 2])
  })
})

describe('spread', () => {
  it.each([
    [[], undefined],
    [[0, 0], undefined],
    [[5], 0],
    [[90, 100, 130], 0.2],
  ])('of %j is %s', (values, expected) => {
    expect(spread(values)).toBe(expected)
  })
})

describe('ratio', () => {
  it.each([
    [3, 2, 1.5],
    [0, 2, 0],
    [3, 0, undefined],
    [undefined, 2, undefined],
    [3, undefined, undefined],
  ])('of %s to %s is %s', (value, base, expected) => {
    expect(ratio(value, base)).toBe(expected)
  })
})

describe('best', () => {
  it('is the largest or the smallest', () => {
    expect(best([2, 9, 4], 'more')).toBe(9)
    expect(best([2, 9, 4], 'less')).toBe(2)
    expect(best([], 'more')).toBeUndefined()
  })
})
