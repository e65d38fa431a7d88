import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '../../shared/contract.ts'
import type { ConnectionSummary } from '../../shared/runtime.ts'
import { matchesDetail, matchesSummary, type TraceFilter } from '../../shared/trace-filter.ts'
import { parseTraces, type SavedTrace } from './saved-trace.ts'

export interface FollowOptions {
  readonly filter?: TraceFilter
  readonly onTrace: (trace: SavedTrace) => void
  /** Told of connections that had made room for newer ones before their trace could be fetched. */
  readonly onMissed?: (connections: readonly ConnectionSummary[]) => void
  /** Told why traces could not be fetched. */
  readonly onFailed?: (message: string) => void
  /** The line to the app is lost. */
  readonly onLost?: () => void
}

/** Once a connection is known to be over, its id may be told a second time soon after. */
const mostRemembered = 40_000

/** So long at least an id is remembered: each of four threads tells of 2000 connections per second at most. */
const rememberedMs = 4000

/** How long it is waited for the last traces. */
const patienceMs = 1000

/**
 * Hands over the trace of every connection that matches when it has closed. Returns the function that ends it, which hands
 * over before what has closed since the last report, that comes once per second.
 */
export function followTraces(client: Client, options: FollowOptions): () => Promise<void> {
  const { filter = {}, onTrace, onMissed, onFailed, onLost } = options
  const startedAt = Date.now()
  let reportedAt = startedAt
  const told = new Set<ConnectionSummary['id']>()
  let work = Promise.resolve()

  async function fetch(over: readonly ConnectionSummary[]): Promise<void> {
    const reply = await client.request('connection.export', { ids: over.map(({ id }) => id) })
    if (!reply.ok) return onFailed?.(reply.message)
    const traces = parseTraces(reply.value.text)
    for (const trace of traces) if (matchesDetail(filter, trace)) onTrace(trace)
    const found = new Set(traces.map(({ id }) => id))
    const missed = over.filter(({ id }) => !found.has(id))
    if (missed.length > 0) onMissed?.(missed)
  }

  async function fetchLast(): Promise<void> {
    await work
    // Failed connections are kept for longer than their ids are remembered.
    const since = Math.max(startedAt, reportedAt - rememberedMs)
    const reply = await client.request('connection.export', filter)
    for (const trace of reply.ok ? parseTraces(reply.value.text) : []) {
      if ((trace.closedAt ?? 0) >= since && !told.has(trace.id)) onTrace(trace)
    }
  }

  const unsubscribe = client.subscribe(
    ['connections'],
    ({ name, data }) => {
      if (name !== 'connections.changed') return
      reportedAt = Date.now()
      const over = data.connections.filter(
        (connection) =>
          connection.closedAt !== undefined && !told.has(connection.id) && matchesSummary(filter, connection),
      )
      for (const { id } of over) told.add(id)
      for (const oldest of told) {
        if (told.size <= mostRemembered) break
        told.delete(oldest)
      }
      if (over.length === 0) return
      // A server that is gone is told of once, as lost.
      work = work.then(() => fetch(over)).catch(() => undefined)
    },
    (state) => {
      if (state !== 'open') onLost?.()
    },
  )
  return async () => {
    unsubscribe()
    const last = fetchLast().catch(() => undefined)
    await Promise.race([last, delay(patienceMs, undefined, { ref: false })])
  }
}
