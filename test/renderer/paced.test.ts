import { describe, expect, it, vi } from 'vitest'
import { Paced } from '../../renderer/state/paced.ts'

describe('values that are passed on once per frame', () => {
  it('come at once when they come alone, and of a burst the latest', async () => {
    const shown: number[] = []
    const paced = new Paced<number>((value) => shown.push(value))
    paced.set(1)
    expect(shown).toEqual([1])
    for (let value = 2; value <= 100; value += 1) paced.set(value)
    expect(paced.latest).toBe(100)
    await vi.waitFor(() => {
      expect(shown.at(-1)).toBe(100)
    })
    expect(shown.length).toBeLessThan(10)
  })

  it('are not passed on any more after the end', async () => {
    vi.useFakeTimers()
    try {
      const shown: number[] = []
      const paced = new Paced<number>((value) => shown.push(value))
      paced.set(1)
      paced.set(2)
      paced.close()
      await vi.advanceTimersByTimeAsync(1000)
      expect(shown).toEqual([1])
    } finally {
      vi.useRealTimers()
    }
  })
})
