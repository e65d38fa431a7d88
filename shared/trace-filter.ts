import { addressOfClient } from './model/address.ts'
import { isAllowedDestination } from './model/destination.ts'
import type { ConnectionDetail, ConnectionSummary, StageRecord } from './runtime.ts'
import { explainInFull, type TextLanguage } from './texts/explain.ts'
import { noteOf } from './texts/note-texts.ts'

// Which traces are wanted, and a trace as one JSON object: for exports, saved traces and the command line alike.

/** What is left out does not matter; what is given must all be true. */
export interface TraceFilter {
  readonly ruleId?: string | undefined
  /** A network in CIDR form. */
  readonly client?: string | undefined
  readonly failed?: boolean | undefined
  /** Until the destination was reached, or it failed. */
  readonly slowMs?: number | undefined
}

/** All but how slow it was, which a summary does not tell. */
export function matchesSummary(filter: TraceFilter, connection: ConnectionSummary): boolean {
  const { ruleId, client, failed } = filter
  if (ruleId !== undefined && connection.ruleId !== ruleId) return false
  if (failed && !connection.closeReason?.failure) return false
  return client === undefined || isClientIn(client, connection.client)
}

export function matchesDetail({ slowMs }: TraceFilter, connection: ConnectionDetail): boolean {
  return slowMs === undefined || setupMs(connection) >= slowMs
}

/** How long it took until the destination was reached; where it was not, until that was known. */
export function setupMs({ stages, openedAt }: Pick<ConnectionDetail, 'stages' | 'openedAt'>): number {
  const reached =
    stages.find(({ stage }) => stage === 'relay') ?? stages.find(({ stage }) => stage === 'close')
  return reached ? Math.max(0, reached.startedAt - openedAt) : 0
}

/** @param client an address with its port, or "unix", which is in no network */
function isClientIn(network: string, client: string): boolean {
  return client !== 'unix' && isAllowedDestination([network], addressOfClient(client))
}

/** One line of a file of traces. */
export function traceLine(
  detail: ConnectionDetail,
  ruleName: string | undefined,
  language: TextLanguage = 'en',
): string {
  const failure = detail.closeReason?.failure
  const stages = detail.stages.map((stage) => inWords(stage, language))
  const chain = chainOf(detail)
  return JSON.stringify({
    ...detail,
    stages,
    ...(ruleName !== undefined && { ruleName }),
    ...(chain && { chain }),
    ...(failure && { cause: explainInFull(failure, language) }),
  })
}

/** The names of all hops of a chain, which the connection itself does not tell. */
function chainOf({ stages }: ConnectionDetail): readonly string[] | undefined {
  for (const { notes = [] } of stages) {
    for (const note of notes) if (typeof note === 'object' && note.code === 'chain') return note.hops
  }
  return undefined
}

/** For people, and without saying it twice. */
function inWords({ note, notes, ...rest }: StageRecord, language: TextLanguage): StageRecord {
  const words = noteOf({ ...(note !== undefined && { note }), ...(notes && { notes }) }, language)
  return { ...rest, ...(words !== undefined && { note: words }) }
}
