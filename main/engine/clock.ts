import { performance } from 'node:perf_hooks'

// What the engine decides and measures goes by performance.now(), which nobody can set. It has a zero of its own in each
// thread, and may stand still while the machine sleeps: what is told to others, and shown, is wall time.

/** Less than this is the inexactness of the two clocks. */
const driftMs = 1000

/**
 * Makes Unix milliseconds, with fractions, of a time of performance.now(). They step only where the wall clock did: when
 * somebody set it, or the machine slept.
 */
export function createWallClock(monotonic = () => performance.now(), wall = () => Date.now()) {
  let origin = performance.timeOrigin
  return (at: number): number => {
    const drift = wall() - monotonic() - origin
    if (Math.abs(drift) > driftMs) origin += drift
    return origin + at
  }
}

export const toWallTime = createWallClock()

export function wallNow(): number {
  return toWallTime(performance.now())
}
