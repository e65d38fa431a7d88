import { describe, expect, it } from 'vitest'
import { GrowthWatch, threadLimit } from '../../../../main/app/threads/thread-count.ts'

describe('the number of threads', () => {
  it.each([
    ['automatic', 1, 1],
    ['automatic', 2, 2],
    ['automatic', 32, 4],
    [1, 32, 1],
    [8, 2, 8],
  ] as const)('%s with %i cores is at most %i', (threads, cores, most) => {
    expect(threadLimit({ threads }, cores)).toBe(most)
  })

  it('grows when one thread was busy twice in a row', () => {
    const growth = new GrowthWatch()
    const looks = [[0.9], [0.1], [0.9], [0.8], [0.9, 0.1], [0.1, 0.9], [0.6, 0.6]]
    expect(looks.map((look) => growth.wantsMore(look))).toEqual([
      false,
      false,
      false,
      true,
      false,
      true,
      false,
    ])
  })
})
