import type { Client } from '../../shared/contract.ts'
import { formatBytes, formatDuration } from '../../shared/format.ts'
import type { ConnectionDetail, StageRecord } from '../../shared/runtime.ts'
import { explain, explainInFull } from '../../shared/texts/explain.ts'
import type { Console } from './console.ts'

/** Prints the trace of every connection when it has closed. Returns the function that ends it. */
export function followTraces(client: Client, console: Console): () => void {
  const told = new Set<string>()
  return client.subscribe(['connections'], ({ name, data }) => {
    if (name !== 'connections.changed') return
    for (const { id, closedAt } of data.connections) {
      if (closedAt === undefined || told.has(id)) continue
      told.add(id)
      // Each is told in one event or two that follow each other.
      for (const oldest of told) if (told.size > mostTold) told.delete(oldest)
      void client.request('connection.get', { id }).then((reply) => {
        if (reply.ok) printTrace(reply.value, console)
      })
    }
  })
}

const mostTold = 10_000

function printTrace(detail: ConnectionDetail, console: Console): void {
  const failure = detail.closeReason?.failure
  console.result(formatTrace(detail).join('\n'), {
    event: 'trace',
    ...detail,
    ...(failure && { cause: explainInFull(failure) }),
  })
}

/** A trace for people: a headline, a line per stage, and why it failed. */
export function formatTrace(detail: ConnectionDetail): string[] {
  const { id, client, target, openedAt, closedAt, bytesUp, bytesDown, closeReason } = detail
  const lasted = closedAt === undefined ? '' : `, ${formatDuration(closedAt - openedAt)}`
  const outcome = closeReason?.failure ? 'failed' : 'fine'
  const amounts = `${formatBytes(bytesUp)} up, ${formatBytes(bytesDown)} down`
  return [
    `${new Date(openedAt).toISOString()} connection ${id}, ${client} to ${target}: ${outcome}, ${amounts}${lasted}`,
    ...detail.stages.map((stage) => formatStage(stage, openedAt)),
    ...(closeReason?.failure ? [`  ${explainInFull(closeReason.failure)}`] : []),
  ]
}

function formatStage(
  { stage, startedAt, durationMs, hopName, note, failure }: StageRecord,
  openedAt: number,
) {
  const at = `+${formatDuration(Math.max(0, startedAt - openedAt))}`
  const lasted = durationMs === undefined ? '' : formatDuration(durationMs)
  const words = [hopName, note, failure && `failed: ${explain(failure).what}`].filter(
    (word) => word !== undefined,
  )
  return `  ${at.padStart(9)}  ${stage.padEnd(12)}  ${lasted.padStart(8)}  ${words.join('; ')}`.trimEnd()
}
