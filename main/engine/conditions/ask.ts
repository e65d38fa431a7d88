import type { Socket } from 'node:net'
import { NexthopError, type BlockingCondition } from '../../../shared/errors.ts'
import { addressOfClient, type Endpoint } from '../../../shared/model/address.ts'
import type { DetectedProtocol } from '../../../shared/model/client-protocol.ts'
import type { LocalTime } from '../../../shared/model/condition-time.ts'
import type { Route } from '../../../shared/model/route.ts'
import type { StageNote } from '../../../shared/stage-note.ts'
import { peekProtocol } from '../identify/peek-protocol.ts'
import type { Trace } from '../trace.ts'
import type { BookedCondition } from './condition-book.ts'
import { firstOf } from './verdict.ts'

export interface AskContext {
  readonly socket: Socket
  readonly signal: AbortSignal
  readonly trace: Trace
  /** As address:port, or "unix". */
  readonly client: string
  readonly destination: Endpoint
  /** Where it was found out already. */
  readonly protocol?: DetectedProtocol
  /** What the client sent already, and nobody got. */
  readonly received: Buffer
  /** Told of it again where more was waited for. */
  readonly onReceived: (received: Buffer) => void
}

/**
 * The route of the first condition that holds; undefined where none does. The client is waited for only where the answer
 * depends on what it speaks. Rejects like a blocked rule where the route is to block, and where the client is gone.
 */
export async function askConditions(
  conditions: readonly BookedCondition[],
  context: AskContext,
): Promise<Route | undefined> {
  const { trace, client, destination } = context
  let subject = {
    client: clientHost(client),
    host: destination.host,
    port: destination.port,
    protocol: context.protocol,
    time: localTime(new Date()),
  }
  let first = firstOf(conditions, subject)
  if (first?.isOpen) {
    const protocol = await peekProtocol(context)
    trace.note({ code: 'speaks', protocol })
    subject = { ...subject, protocol }
    first = firstOf(conditions, subject)
  }
  if (!first) {
    trace.note({ code: 'no-condition' })
    return undefined
  }
  const { condition, counter } = first.prepared
  counter.hits += 1
  trace.note(noteHolds(first.prepared))
  if (condition.route.kind === 'block') {
    throw new NexthopError({ code: 'blocked', stage: 'route', condition: titleOf(first.prepared) })
  }
  return condition.route
}

/** A client's address without its port, and without the zone of a link-local one. */
export function clientHost(client: string): string {
  return addressOfClient(client).replace(/%.*$/, '')
}

export function localTime(date: Date): LocalTime {
  return { day: (date.getDay() + 6) % 7, minute: date.getHours() * 60 + date.getMinutes() }
}

function titleOf({ condition: { name }, number, rule }: BookedCondition): BlockingCondition {
  return { number, ...(name !== undefined && { name }), ...(rule && { rule: rule.name }) }
}

function noteHolds({ condition: { name }, number, rule }: BookedCondition): StageNote {
  return { code: 'condition', number, name, isOfAll: rule === undefined }
}
