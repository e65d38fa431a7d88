import type { LogLevel } from '../../shared/model/settings.ts'
import type { Connection } from './connection.ts'

const levels: readonly LogLevel[] = ['error', 'warn', 'info', 'debug']

/** True where a message of a level is wanted in the log. */
export function isLogged(level: LogLevel, wanted: LogLevel): boolean {
  return levels.indexOf(level) <= levels.indexOf(wanted)
}

/** How a connection ended that did not fail. */
export function describeEnd({ id, rule, client, bytesUp, bytesDown, closeReason }: Connection): string {
  const how = closeReason ? `${closeReason.how} by ${closeReason.by}` : 'closed'
  return `${rule.name}, connection ${id} from ${client}: ${how}, ${bytesUp} bytes up, ${bytesDown} bytes down.`
}
