import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { AppEvent, Client } from '../../../shared/contract.ts'
import { followTraces } from '../../../main/headless/follow-traces.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

const connection = (id: string, closedAt: number) => ({ id, client: '10.0.0.7:50000', closedAt, stages: [] })

/** A server that keeps what `kept` says, and tells of what it is made to. */
function startServer() {
  const kept = new Map<string, ReturnType<typeof connection>>()
  const listeners: ((event: AppEvent) => void)[] = []
  const client = {
    request: async (_name: string, { ids }: { ids?: string[] }) => {
      const found = ids ? ids.flatMap((id) => kept.get(id) ?? []) : [...kept.values()]
      return { ok: true, value: { filename: '', text: found.map((it) => JSON.stringify(it)).join('\n') } }
    },
    subscribe: (_watch: unknown, onEvent: (event: AppEvent) => void) => {
      listeners.push(onEvent)
      return () => undefined
    },
  }
  const report = (ids: readonly string[]) => {
    const connections = ids.map((id) => connection(id, Date.now()))
    for (const one of connections) kept.set(one.id, one)
    const event = { name: 'connections.changed', seq: 1, data: { connections } } as unknown as AppEvent
    for (const listener of listeners) listener(event)
  }
  return { client: client as unknown as Client, kept, report }
}

it('hands over what closed since the last report, and nothing a second time after any number of others', async () => {
  const { client, kept, report } = startServer()
  const traces: string[] = []
  const end = followTraces(client, { onTrace: ({ id }) => traces.push(id) })
  vi.setSystemTime(1_000_500)
  report(['failed-early'])
  await vi.waitFor(() => {
    expect(traces).toEqual(['failed-early'])
  })
  for (let second = 2; second < 14; second += 1) {
    vi.setSystemTime(1_000_000 + second * 1000)
    report(Array.from({ length: 4000 }, (_, index) => `${second}-${index}`))
  }
  vi.setSystemTime(1_014_000)
  kept.set('last', connection('last', Date.now()))
  await end()
  expect(traces).toHaveLength(2 + 12 * 4000)
  expect(new Set(traces).size).toBe(traces.length)
  expect(traces.at(-1)).toBe('last')
})
