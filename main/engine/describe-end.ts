import type { Connection } from './connection.ts'

/** One line of the log for a connection that did not fail. */
export function describeEnd({ id, rule, client, bytesUp, bytesDown, closeReason }: Connection): string {
  const how = closeReason ? `${closeReason.how} by ${closeReason.by}` : 'closed'
  return `${rule.name}, connection ${id} from ${client}: ${how}, ${bytesUp} bytes up, ${bytesDown} bytes down.`
}
