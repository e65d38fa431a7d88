import { expect, it } from 'vitest'
import { followTraces } from '../../../main/headless/follow-traces.ts'
import type { AppEvent, Client, Topic } from '../../../shared/contract.ts'
import type { ConnectionSummary } from '../../../shared/runtime.ts'
import type { TraceFilter } from '../../../shared/trace-filter.ts'
import { until } from '../../support/until.ts'

const summary = (id: string): ConnectionSummary => ({
  ...{ id, ruleId: 'r', client: '127.0.0.1:1', target: 'a:1', openedAt: 0, closedAt: 9, stage: 'close' },
  ...{ bytesUp: 0, bytesDown: 0 },
})

/** A server that keeps the traces of some connections only. */
function follow(filter: TraceFilter, kept: readonly string[], closed: readonly string[]) {
  const told: string[] = []
  const missed: string[] = []
  const lines = kept.map((id) => JSON.stringify({ ...summary(id), stages: [] }))
  const client: Client = {
    request: () => Promise.resolve({ ok: true, value: { filename: '', text: lines.join('\n') } as never }),
    subscribe: (_watch: readonly Topic[], onEvent: (event: AppEvent) => void) => {
      const data = { connections: closed.map(summary) }
      queueMicrotask(() => {
        onEvent({ seq: 1, name: 'connections.changed', data })
      })
      return () => undefined
    },
  }
  followTraces(client, {
    filter,
    onTrace: ({ id }) => void told.push(id),
    onMissed: (connections) => void missed.push(...connections.map(({ id }) => id)),
  })
  return { told, missed }
}

it('tells of connections whose traces were not kept', async () => {
  const { told, missed } = follow({}, ['2'], ['1', '2', '3'])
  await until('both are told', () => missed.length === 2)
  expect({ told, missed }).toEqual({ told: ['2'], missed: ['1', '3'] })
})

it('takes none for missing that is only not wanted', async () => {
  const { told, missed } = follow({ slowMs: 60_000 }, ['1'], ['1', '2'])
  await until('one is told', () => missed.length === 1)
  expect({ told, missed }).toEqual({ told: [], missed: ['2'] })
})
