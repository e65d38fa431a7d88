import type { ImaginedConnection } from '../../shared/explanation.ts'
import { formatEndpoint, type Endpoint } from '../../shared/model/address.ts'
import { parseEndpoint } from '../../shared/model/parse-address.ts'
import type { DetectedProtocol } from '../../shared/model/client-protocol.ts'
import { parseClock, weekdays, type LocalTime } from '../../shared/model/condition-time.ts'
import { isKnownAhead } from '../../shared/model/destination.ts'
import { formatRange } from '../../shared/model/destination-range.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'
import { say, type Said } from '../../shared/told.ts'
import { localTime } from '../engine/conditions/ask.ts'
import { InvalidError } from './invalid-error.ts'

/** What somebody tells of a connection, as text. */
export interface ToldConnection {
  readonly client?: string | undefined
  /** host:port */
  readonly target?: string | undefined
  readonly protocol?: DetectedProtocol | undefined
  /** `14:05`, `sat 14:05` */
  readonly at?: string | undefined
}

/** A connection through a rule, with what the rule says of it. Throws an InvalidError that names what can't be. */
export function imagineConnection(rule: PortRule, told: ToldConnection, now: Date): ImaginedConnection {
  const target = targetOf(rule, told.target)
  const client = told.client ?? (rule.listen.kind === 'unix' ? 'unix' : undefined)
  return {
    time: timeOf(told.at, localTime(now)),
    ...(client !== undefined && { client }),
    ...(target && { target }),
    ...(told.protocol !== undefined && { protocol: told.protocol }),
  }
}

function targetOf({ destination, name }: PortRule, text: string | undefined): Endpoint | undefined {
  const isAhead = isKnownAhead(destination)
  const count = destination.kind === 'range' ? destination.count : 1
  // Of several ports, the rule alone does not say which one it is.
  const isOne = isAhead && count === 1
  if (text === undefined) return isOne ? { host: destination.host, port: destination.port } : undefined
  const parsed = parseEndpoint(text)
  if (!parsed.ok) throw invalid('target', say('Target: {why}', { why: parsed }))
  if (!isAhead) return parsed.value
  const { host, port } = parsed.value
  const isInside = host === destination.host && port >= destination.port && port < destination.port + count
  if (isInside) return parsed.value
  throw invalid(
    'target',
    say('The rule "{rule}" leads to {place} alone, not to {target}: leave the target out', {
      rule: name,
      place: formatRange({ ...destination, count }),
      target: formatEndpoint(parsed.value),
    }),
  )
}

function timeOf(text: string | undefined, now: LocalTime): LocalTime {
  if (text === undefined) return now
  const [, dayName, clock = ''] = /^(?:([a-z]+)\s+)?(\S+)$/i.exec(text.trim()) ?? []
  const minute = parseClock(clock)
  const day = dayName === undefined ? now.day : weekdays.findIndex((name) => name === dayName.toLowerCase())
  if (minute !== undefined && day >= 0) return { day, minute }
  throw invalid('at', say('Time must be like 14:05, or with a day like "sat 14:05"'))
}

function invalid(field: string, said: Said): InvalidError {
  return new InvalidError(said, [{ path: [field], ...said }])
}
