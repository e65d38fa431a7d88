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

/** The end of „der Next Hop …“. */
export function germanObstacle(obstacle: ExplainedObstacle): string {
  switch (obstacle.kind) {
    case 'maintenance':
      return 'in Wartung'
    case 'full':
      return `hat die Höchstzahl von ${obstacle.limit} ${obstacle.limit === 1 ? 'Verbindung' : 'Verbindungen'}`
    case 'no-password':
      return 'in Ruhe gelassen: sein Passwort fehlt'
    case 'down': {
      if (obstacle.untilChecked) return 'in Ruhe gelassen, bis die Gesundheitsprüfung gelingt'
      const why = obstacle.onPurpose ? 'absichtlich außer Betrieb' : 'nach einem Fehler in Ruhe gelassen'
      return `${why}, noch ${formatDuration(obstacle.forMs)}`
    }
  }
}
