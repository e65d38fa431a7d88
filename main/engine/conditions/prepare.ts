import type { DetectedProtocol } from '../../../shared/model/client-protocol.ts'
import { matchersOf, parsePortRange, type Condition, type Matcher } from '../../../shared/model/condition.ts'
import { isWithin, type LocalTime } from '../../../shared/model/condition-time.ts'
import { destinationTest } from '../../../shared/model/destination.ts'
import { hostKind } from '../../../shared/model/host.ts'
import { isListed, toBlockList } from '../networks.ts'

/** What is known of a connection, as far as conditions look at it. What is not known yet, or not told, is undefined. */
export interface Subject {
  /** The client's address without a port; "unix" where it has none. */
  readonly client: string | undefined
  /** The name or address that the client asked for. */
  readonly host: string | undefined
  readonly port: number | undefined
  readonly protocol: DetectedProtocol | undefined
  readonly time: LocalTime
}

/** Undefined where it depends on something that is not known. */
type Holds = (subject: Subject) => boolean | undefined

/** A condition, made ready to be asked for every connection. */
export interface PreparedCondition {
  readonly condition: Condition
  readonly tests: readonly { readonly matcher: Matcher; readonly holds: Holds }[]
}

export function prepareCondition(condition: Condition): PreparedCondition {
  const tests = matchersOf(condition).map((matcher) => ({ matcher, holds: makers[matcher](condition) }))
  return { condition, tests }
}

const makers: Readonly<Record<Matcher, (condition: Condition) => Holds>> = {
  client: ({ client }) => {
    const networks = toBlockList(client)
    return known(
      (subject) => subject.client,
      (address) => isAddress(address) && isListed(networks, address),
    )
  },
  destination: ({ destination }) => {
    const isIn = destinationTest(destination)
    return known((subject) => subject.host, isIn)
  },
  port: ({ port }) => {
    const ranges = port.flatMap((text) => parsePortRange(text) ?? [])
    return known(
      (subject) => subject.port,
      (number) => ranges.some(({ from, to }) => number >= from && number <= to),
    )
  },
  time:
    ({ time }) =>
    (subject) =>
      time === undefined || isWithin(time, subject.time),
  protocol: ({ protocol }) =>
    known(
      (subject) => subject.protocol,
      (spoken) => protocol.includes(spoken),
    ),
}

function known<T>(pick: (subject: Subject) => T | undefined, test: (value: T) => boolean): Holds {
  return (subject) => {
    const value = pick(subject)
    return value === undefined ? undefined : test(value)
  }
}

function isAddress(client: string): boolean {
  return hostKind(client) !== 'name'
}
