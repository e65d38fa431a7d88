import { lacksPassword, type Failure } from '../../../shared/errors.ts'
import type { Candidate } from './candidate.ts'
import { describeObstacle } from '../../../shared/texts/notes-en.ts'
import type { Obstacle } from './obstacle.ts'

export interface Skipped {
  readonly candidate: Pick<Candidate, 'hop'>
  readonly obstacle: Obstacle
}

/** What keeps a hop from being used, as a failure of its own; one that is down keeps the failure that made it so. */
export function skippedFailure({ candidate: { hop }, obstacle }: Skipped, now: number): Failure {
  if (obstacle.kind !== 'down') {
    const is = obstacle.kind === 'full' ? '' : 'is '
    const message = `the next hop "${hop.name}" ${is}${describeObstacle(obstacle)}`
    return { code: 'blocked', stage: 'route', message }
  }
  const { failure, retryAt, untilChecked } = obstacle.health
  if (lacksPassword(failure)) return failure
  return { ...failure, waitMs: Math.max(0, retryAt - now), ...(untilChecked && { untilChecked }) }
}

/** Where all were skipped: the failure of the one that may be tried again first, with those of the others. */
export function allSkippedFailure(skipped: readonly Skipped[], now: number): Failure {
  const [first, ...others] = [...skipped]
    .sort((a, b) => retryAt(a) - retryAt(b))
    .map((entry) => ({ entry, failure: skippedFailure(entry, now) }))
  if (!first) return { code: 'internal', stage: 'route', message: 'the route has no next hop' }
  if (first.entry.obstacle.kind === 'down') {
    return withEarlier(
      first.failure,
      others.map(({ failure }) => failure),
    )
  }
  const reasons = [first, ...others].map(({ failure }) => failure.message)
  return { code: 'blocked', stage: 'route', message: reasons.slice(0, 3).join(', ') }
}

/** A failure that also tells what was with other hops of its route. */
export function withEarlier(failure: Failure, earlier: readonly Failure[]): Failure {
  return earlier.length > 0 ? { ...failure, earlier } : failure
}

function retryAt({ obstacle }: Skipped): number {
  return obstacle.kind === 'down' ? obstacle.health.retryAt : Number.MAX_VALUE
}
