import type { Failure } from '../../shared/errors.ts'
import { formatBytes, formatDuration } from '../../shared/format.ts'
import type { CloseReason, ConnectionDetail, StageRecord } from '../../shared/runtime.ts'
import { explain, explainInFull } from '../../shared/texts/explain.ts'

// A trace as lines for people.

export interface TraceNames {
  /** Of the port rule; left out where there is only one. */
  readonly rule?: string | undefined
  readonly hop?: string | undefined
}

/** The headline, a line per stage, and why it failed. */
export function formatTrace(detail: ConnectionDetail, names: TraceNames = {}): string[] {
  const failure = detail.closeReason?.failure
  return [
    formatHeadline(detail, names),
    ...formatStages(detail),
    ...(failure ? [`  ${explainInFull(failure)}`] : []),
  ]
}

/** The headline alone where all went well. */
export function formatBriefly(detail: ConnectionDetail, names: TraceNames): string[] {
  return detail.closeReason?.failure ? formatTrace(detail, names) : [formatHeadline(detail, names)]
}

function formatHeadline(detail: ConnectionDetail, { rule, hop }: TraceNames): string {
  const { id, client, target, openedAt, closedAt, bytesUp, bytesDown, closeReason } = detail
  const whose = rule === undefined ? '' : `${rule}, `
  const way = hop === undefined ? '' : ` via ${hop}`
  const outcome = [
    outcomeOf(detail),
    `${formatBytes(bytesUp)} up`,
    `${formatBytes(bytesDown)} down`,
    ...(closedAt === undefined ? [] : [formatDuration(Math.max(0, closedAt - openedAt))]),
    ...(closeReason && !closeReason.failure ? [formatEnd(closeReason)] : []),
  ]
  // As lines of a log have the time at which something was known.
  const at = new Date(closedAt ?? openedAt).toISOString()
  return `${at} ${whose}connection ${id}, ${client} to ${target}${way}: ${outcome.join(', ')}`
}

function outcomeOf({ closedAt, closeReason }: ConnectionDetail): string {
  if (closeReason?.failure) return 'failed'
  if (closedAt === undefined) return 'open'
  return closeReason?.how === 'reset' ? 'broken off' : 'fine'
}

function formatEnd({ by, how }: CloseReason): string {
  const who = { client: 'the client', target: 'the destination', hop: 'the next hop', nexthop: 'Nexthop' }[by]
  return `${{ end: 'ended', reset: 'reset', closed: 'closed' }[how]} by ${who}`
}

/** A failure that the whole connection has is told once, below. */
function formatStages({ stages, openedAt, closeReason }: ConnectionDetail): string[] {
  const told = closeReason?.failure && explain(closeReason.failure).what
  return stages.map((stage) => formatStage(stage, openedAt, told))
}

function formatStage(record: StageRecord, openedAt: number, told: string | undefined): string {
  const { stage, startedAt, durationMs, hopName, note, failure } = record
  const at = `+${formatDuration(Math.max(0, startedAt - openedAt))}`
  const lasted = durationMs === undefined ? '' : formatDuration(durationMs)
  // A hop without a name of its own is called by its address, which the note tells as well.
  const isSame = hopName !== undefined && /:\d+$/.test(hopName) && note?.startsWith(hopName)
  const hop = isSame ? undefined : hopName
  const words = [hop, note, failure && newWords(failure, told)].filter((word) => word !== undefined)
  const name = failure ? `${stage} failed` : stage
  return `  ${at.padStart(9)}  ${name.padEnd(19)}  ${lasted.padStart(8)}  ${words.join('; ')}`.trimEnd()
}

function newWords(failure: Failure, told: string | undefined): string | undefined {
  const { what } = explain(failure)
  return what === told ? undefined : what
}
