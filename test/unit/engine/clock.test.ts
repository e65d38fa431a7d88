import { expect, it } from 'vitest'
import { createWallClock } from '../../../main/engine/clock.ts'

it('tells the time with fractions, and never steps back for what the clocks differ by', () => {
  let [monotonic, wall] = [1000, 500_000]
  const toWall = createWallClock(
    () => monotonic,
    () => wall,
  )
  expect(toWall(1000.25)).toBe(500_000.25)
  monotonic = 1010
  wall = 500_009
  expect(toWall(1010)).toBe(500_010)
})

it.each([
  ['set back', -3_600_000],
  ['set forward', 3_600_000],
  ['ahead after a sleep', 28_800_000],
])('tells the right time once the clock was %s', (_what, jump) => {
  const monotonic = 1000
  let wall = 500_000
  const toWall = createWallClock(
    () => monotonic,
    () => wall,
  )
  expect(toWall(1000)).toBe(500_000)
  wall += jump
  expect(toWall(1000)).toBe(500_000 + jump)
  expect(toWall(1000)).toBe(500_000 + jump)
})
