import { flushSync } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Clock } from '../../renderer/state/clock.svelte.ts'
import { ago, agoChangesAt, durationChangesAt, waitChangesAt } from '../../renderer/state/times.ts'
import { waitText } from '../../renderer/views/hops/health-text.ts'
import { formatDuration } from '../../shared/format.ts'
import { followed } from './followed.svelte.ts'

const start = 1_800_000_000_000

beforeEach(() => {
  vi.useFakeTimers({ now: start })
})
afterEach(() => {
  vi.useRealTimers()
})

/** What is read in an effect, one entry for each time that it was drawn. */
function show(clock: Clock, changesAt: (now: number) => number) {
  return followed(() => Math.round((clock.read(changesAt) - start) / 1000))
}

async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
  flushSync()
}

describe('the clock', () => {
  it('draws what it shows when that changes, and at no other time', async () => {
    const clock = new Clock()
    const { seen, stop } = show(clock, (now) => agoChangesAt(start, now))
    await pass(59_500)
    expect(seen).toHaveLength(60)
    await pass(3_600_000 - 60_000)
    expect(seen).toHaveLength(60 + 59)
    await pass(24 * 3_600_000)
    expect(seen.length).toBeLessThanOrEqual(60 + 59 + 24)
    stop()
    await pass(0)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('has no timer where nothing will change, nothing is shown, or nobody looks', async () => {
    const clock = new Clock()
    expect(clock.read(() => start + 5)).toBe(start)
    const { stop } = show(clock, () => Infinity)
    expect(vi.getTimerCount()).toBe(0)
    stop()
    const { seen } = show(clock, (now) => now + 1000)
    expect(vi.getTimerCount()).toBe(1)
    clock.run(false)
    expect(vi.getTimerCount()).toBe(0)
    await pass(10_000)
    expect(seen).toEqual([0])
    clock.run(true)
    await pass(1000)
    expect(seen).toEqual([0, 10, 11])
  })

  it('shows what the clock of the app shows', () => {
    const clock = new Clock()
    const { seen } = show(clock, () => Infinity)
    clock.set(start + 90_000)
    flushSync()
    expect(seen).toEqual([0, 90])
  })
})

describe('a time that is shown', () => {
  const second = 1000
  const times = [0, 1, 999, second, 59_999, 60_000, 61_500, 3_599_999, 3_600_000, 90_000_000]

  it('reads differently when it is said to, and not before', () => {
    for (const past of times) {
      const now = start + past
      const next = agoChangesAt(start, now)
      expect(ago('en', start, next - 1)).toBe(ago('en', start, now))
      expect(ago('en', start, next)).not.toBe(ago('en', start, now))
    }
    for (const left of [1, 999, 1000, 1001, 30_000, 3_500_000]) {
      const now = start - left
      const next = waitChangesAt(start, now)
      expect(waitText(start - next + 1)).toBe(waitText(left))
      if (next < start) expect(waitText(start - next)).not.toBe(waitText(left))
      else expect(next).toBe(start)
    }
    expect(waitChangesAt(start, start)).toBe(Infinity)
  })

  it('is a duration that is read no more often than it is written anew', () => {
    for (const past of [0, second, 61_000, 3_600_000, 90_000_000]) {
      const next = durationChangesAt(start, start + past)
      expect(next - start).toBeGreaterThan(past)
      expect(formatDuration(next - start)).not.toBe(formatDuration(past))
    }
  })
})
