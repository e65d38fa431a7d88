import type { ExplainedObstacle } from '../../../shared/explanation.ts'
import { isLeftAlone, isLocked } from '../hop-state.ts'
import type { Candidate, KnownHealth } from './candidate.ts'

/** Why a hop is not used at the moment. */
export type Obstacle =
  | { readonly kind: 'maintenance' }
  | { readonly kind: 'full'; readonly limit: number }
  | { readonly kind: 'down'; readonly health: Extract<KnownHealth, { readonly state: 'down' }> }

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

/** As it is at that moment. */
export function toPlain(obstacle: Obstacle, now: number): ExplainedObstacle {
  if (obstacle.kind !== 'down') return obstacle
  if (isLocked(obstacle.health)) return { kind: 'no-password' }
  const { until, failure, untilChecked } = obstacle.health
  return {
    kind: 'down',
    forMs: Math.max(0, until - now),
    onPurpose: failure.onPurpose === true,
    ...(untilChecked && { untilChecked }),
  }
}
