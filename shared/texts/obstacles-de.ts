import type { ExplainedObstacle } from '../explanation.ts'
import { formatDuration } from '../format.ts'

// Why a next hop is not used, in words.

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
