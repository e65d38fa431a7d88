import { lacksPassword, type Failure, type LastingObstacle } from '../../../shared/errors.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { Candidate } from './candidate.ts'
import type { Obstacle } from './obstacle.ts'

export interface Skipped {
  readonly candidate: Pick<Candidate, 'hop'>
  readonly obstacle: Obstacle
}

/** What keeps a hop from being used, as a failure of its own; one that is down keeps the failure that made it so. */
export function skippedFailure({ candidate: { hop }, obstacle }: Skipped, now: number): Failure {
  if (obstacle.kind !== 'down') return barredHop(hop, obstacle)
  const { failure, until, untilChecked } = obstacle.health
  if (lacksPassword(failure)) return failure
  return { ...failure, waitMs: Math.max(0, until - now), ...(untilChecked && { untilChecked }) }
}

/** Where all were skipped: the failure of the one that may be tried again first, with those of the others. */
export function allSkippedFailure(skipped: readonly Skipped[], now: number): Failure {
  const [first, ...others] = [...skipped]
    .sort((a, b) => untilOf(a) - untilOf(b))
    .map((entry) => skippedFailure(entry, now))
  if (!first) return { code: 'internal', stage: 'route', message: 'the route has no next hop' }
  return withEarlier(first, others)
}

export function barredHop({ name: hop }: NextHop, obstacle: LastingObstacle): Failure {
  return { code: 'blocked', stage: 'route', bar: { kind: 'hop', hop, obstacle } }
}

/** A failure that also tells what was with other hops of its route. */
export function withEarlier(failure: Failure, earlier: readonly Failure[]): Failure {
  return earlier.length > 0 ? { ...failure, earlier } : failure
}

function untilOf({ obstacle }: Skipped): number {
  return obstacle.kind === 'down' ? obstacle.health.until : Number.MAX_VALUE
}
