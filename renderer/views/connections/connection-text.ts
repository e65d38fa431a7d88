import type { ConnectionSummary, StageRecord } from '../../../shared/runtime.ts'
import { explainBy } from '../../../shared/texts/explain-by.ts'
import { capitalised, type Tone } from '../../state/selectors.ts'
import type { Texts } from '../../texts/texts.ts'

/** Where a connection is, or how it ended, in a few words. */
export function connectionText(t: Texts, { closedAt, closeReason, stage }: ConnectionSummary): string {
  if (closedAt === undefined) return stage === 'relay' ? t.connections.open : t.stages[stage]
  if (!closeReason) return t.connections.ended
  if (closeReason.failure) return t.failures[closeReason.failure.code]
  return t.connections.closedBy[closeReason.by]
}

/** The same as a whole sentence where it failed. */
export function connectionSentence(t: Texts, connection: ConnectionSummary): string {
  const { closedAt, closeReason } = connection
  if (closedAt === undefined || !closeReason?.failure) return connectionText(t, connection)
  return capitalised(explainBy(t.sentences, closeReason.failure).what)
}

/** How long after its start it was given up: at the last stage that failed, since those before it were tried again or elsewhere. */
export function failedAfterMs(stages: readonly StageRecord[], openedAt: number): number | undefined {
  const failed = stages.findLast(({ failure }) => failure)
  return failed && failed.startedAt + (failed.durationMs ?? 0) - openedAt
}

export function connectionTone({ closedAt, closeReason, stage }: ConnectionSummary): Tone {
  if (closedAt === undefined) return stage === 'relay' ? 'good' : 'busy'
  return closeReason?.failure ? 'bad' : 'off'
}
