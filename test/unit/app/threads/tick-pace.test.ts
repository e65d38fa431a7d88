import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { TickPace } from '../../../../main/app/threads/tick-pace.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function start() {
  const passed: number[] = []
  const begin = performance.now()
  const pace = new TickPace(() => passed.push(Math.round(performance.now() - begin)))
  return { pace, passed }
}

it('passes the beat of one thread on at once', () => {
  const { pace, passed } = start()
  for (let beat = 0; beat < 3; beat += 1) {
    pace.told()
    vi.advanceTimersByTime(990)
  }
  expect(passed).toEqual([0, 990, 1980])
})

it('makes one beat of two, and leaves none of them untold', () => {
  const { pace, passed } = start()
  for (let beat = 0; beat < 3; beat += 1) {
    pace.told()
    vi.advanceTimersByTime(300)
    pace.told()
    vi.advanceTimersByTime(700)
  }
  expect(passed).toEqual([0, 1000, 2000])
  vi.advanceTimersByTime(10_000)
  expect(passed).toEqual([0, 1000, 2000, 3100])
})

it('waits a little for the others where not all have told something, and no longer', () => {
  const { pace, passed } = start()
  pace.toldFirst()
  vi.advanceTimersByTime(10)
  pace.told()
  expect(passed).toEqual([10])
  pace.toldFirst()
  vi.advanceTimersByTime(10_000)
  expect(passed).toEqual([10, 1010])
  pace.toldFirst()
  vi.advanceTimersByTime(500)
  expect(passed).toEqual([10, 1010, 10_510])
})

it('has no timer while nobody tells anything, and none after its end', () => {
  const { pace } = start()
  pace.told()
  expect(vi.getTimerCount()).toBe(0)
  pace.told()
  expect(vi.getTimerCount()).toBe(1)
  pace.close()
  expect(vi.getTimerCount()).toBe(0)
})
