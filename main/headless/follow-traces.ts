import type { Client } from '../../shared/contract.ts'
import type { ConnectionDetail } from '../../shared/runtime.ts'
import { matchesSummary, type TraceFilter } from '../../shared/trace-filter.ts'
import { parseTraces, type SavedTrace } from './saved-trace.ts'

export interface FollowOptions {
  readonly filter?: TraceFilter
  readonly onTrace: (trace: SavedTrace) => void
  /** Told why traces could not be fetched. */
  readonly onFailed?: (message: string) => void
  /** The line to the app is lost. */
  readonly onLost?: () => void
}

/** Once a connection is known to be over, its id may be told a second time soon after. */
const mostRemembered = 10_000

/** Hands over the trace of every connection that matches when it has closed. Returns the function that ends it. */
export function followTraces(client: Client, options: FollowOptions): () => void {
  const { filter = {}, onTrace, onFailed, onLost } = options
  const told = new Set<ConnectionDetail['id']>()
  let work = Promise.resolve()

  async function fetch(ids: readonly string[]): Promise<void> {
    const reply = await client.request('connection.export', { ...filter, ids: [...ids] })
    if (reply.ok) for (const trace of parseTraces(reply.value.text)) onTrace(trace)
    else onFailed?.(reply.message)
  }

  return client.subscribe(
    ['connections'],
    ({ name, data }) => {
      if (name !== 'connections.changed') return
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
      const ids = over.map(({ id }) => id)
      // A server that is gone is told of once, as lost.
      work = work.then(() => fetch(ids)).catch(() => undefined)
    },
    (state) => {
      if (state !== 'open') onLost?.()
    },
  )
}
