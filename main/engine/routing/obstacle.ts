import type { HopHealth } from '../../../shared/runtime.ts'
import { formatDuration } from '../../../shared/format.ts'
import { isLeftAlone } from '../hop-state.ts'
import type { Candidate } from './candidate.ts'

/** Why a hop is not used at the moment. */
export type Obstacle =
  | { readonly kind: 'maintenance' }
  | { readonly kind: 'full'; readonly limit: number }
  | { readonly kind: 'down'; readonly health: Extract<HopHealth, { readonly state: 'down' }> }

const maintenance: Obstacle = { kind: 'maintenance' }

/** Undefined where the hop may be used. Costs nothing in that case: it is asked for every connection. */
export function obstacleOf(
  { hop, standing }: Pick<Candidate, 'hop' | 'standing'>,
  now: number,
): Obstacle | undefined {
  const { health } = standing
  if (hop.maintenance) return maintenance
  if (health.state === 'down' && isLeftAlone(health, now)) return { kind: 'down', health }
  if (hop.maxConnections > 0 && standing.open >= hop.maxConnections)
    return { kind: 'full', limit: hop.maxConnections }
  return undefined
}

export function describeObstacle(obstacle: Obstacle, now: number): string {
  switch (obstacle.kind) {
    case 'maintenance':
      return 'in maintenance'
    case 'full':
      return `has its limit of ${obstacle.limit} ${obstacle.limit === 1 ? 'connection' : 'connections'}`
    case 'down': {
      const { retryAt, failure, untilChecked } = obstacle.health
      if (untilChecked) return 'left alone until its health check succeeds'
      const why = failure.onPurpose ? 'taken out of use on purpose' : 'left alone after a failure'
      return `${why}, for another ${formatDuration(retryAt - now)}`
    }
  }
}
