import type { ExplainedObstacle } from '../explanation.ts'
import { formatDuration } from '../format.ts'

// Why a next hop is not used, in words.

/** The end of "the next hop …". */
export function englishObstacle(obstacle: ExplainedObstacle): string {
  switch (obstacle.kind) {
    case 'maintenance':
      return 'in maintenance'
    case 'full':
      return `has its limit of ${obstacle.limit} ${obstacle.limit === 1 ? 'connection' : 'connections'}`
    case 'no-password':
      return 'left alone: its password is not available'
    case 'down': {
      if (obstacle.untilChecked) return 'left alone until its health check succeeds'
      const why = obstacle.onPurpose ? 'taken out of use on purpose' : 'left alone after a failure'
      return `${why}, for another ${formatDuration(obstacle.forMs)}`
    }
  }
}
