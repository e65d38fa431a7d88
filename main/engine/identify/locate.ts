import type { Socket } from 'node:net'
import type { Clue } from '../../../shared/clue.ts'
import { formatEndpoint, type Endpoint } from '../../../shared/model/address.ts'
import type { PortRule } from '../../../shared/model/port-rule.ts'
import { loop, type IsOwnListener } from '../dial/dial-hop.ts'
import { isOwnDestination } from '../own-destination.ts'
import type { Trace } from '../trace.ts'
import type { ClientAnswers } from './client-answers.ts'
import { identify, identifyAtOnce, needsReading, type Identified } from './identify.ts'
import { requireAllowed } from './require-allowed.ts'

export interface LocateContext {
  readonly rule: PortRule
  readonly socket: Socket
  readonly signal: AbortSignal
  readonly trace: Trace
  readonly isOwnListener: IsOwnListener
  /** Told as soon as it is known how the client wants to be answered. */
  readonly onAnswers: (answers: ClientAnswers) => void
  /** Told of what the client said and nobody got yet, when its destination is known or could not be found. */
  readonly onReceived: (received: Buffer) => void
}

/** The stage in which a connection's destination becomes known, with its record in the trace. */
export async function locate(context: LocateContext): Promise<Identified> {
  const { rule, socket, signal, trace } = context
  trace.begin('identify')
  if (!needsReading(rule)) {
    const known = identifyAtOnce(rule, socket)
    if (known) {
      const { destination } = known
      trace.note(() => formatEndpoint(destination))
      return known
    }
  }
  const found = await identify(rule, socket, signal, context)
  if (found.header) trace.note({ code: 'client', client: formatEndpoint(found.header.source) })
  noteFound(context, found.destination, found.clue, found.isDefault)
  return found
}

/** The same for the next request of an HTTP proxy's client, which names its destination itself. */
export function locateNext(context: LocateContext, destination: Endpoint): void {
  context.trace.begin('identify')
  if (context.rule.destination.kind === 'proxy') requireAllowed(context.rule.destination, destination)
  noteFound(context, destination, { code: 'http-proxy-request' })
}

/** What the rule itself says was checked with the config; what was found in the traffic may lead back here. */
function noteFound(
  { trace, isOwnListener }: LocateContext,
  destination: Endpoint,
  how?: Clue,
  isDefault?: true,
): void {
  const target = formatEndpoint(destination)
  trace.note(how === undefined ? target : { code: 'found', target, how, ...(isDefault && { isDefault }) })
  if (isOwnDestination(destination, isOwnListener)) throw loop('identify', destination)
}
