import type { ConnectionSummary } from '../../shared/runtime.ts'
import { setupTime } from './connection-filter.ts'

/** Connections by id. */
export type ConnectionBook = ReadonlyMap<string, ConnectionSummary>

export const emptyBook: ConnectionBook = new Map()

/** The book after some connections changed; of the closed ones only the latest `keepClosed` stay. */
export function mergeConnections(
  book: ConnectionBook,
  changed: readonly ConnectionSummary[],
  keepClosed: number,
): ConnectionBook {
  const merged = new Map(book)
  for (const connection of changed) merged.set(connection.id, connection)
  const closed = [...merged.values()].filter(({ closedAt }) => closedAt !== undefined)
  if (closed.length > keepClosed) {
    closed.sort((a, b) => (a.closedAt ?? 0) - (b.closedAt ?? 0))
    for (const { id } of closed.slice(0, closed.length - keepClosed)) merged.delete(id)
  }
  return merged
}

export const connectionColumns = ['target', 'rule', 'client', 'state', 'down', 'up', 'age', 'setup'] as const
export type ConnectionColumn = (typeof connectionColumns)[number]

export interface Sorting {
  readonly column: ConnectionColumn
  readonly descending: boolean
}

/** What each column sorts by; `ruleName` gives the name that the user sees. */
export function sortConnections(
  connections: readonly ConnectionSummary[],
  { column, descending }: Sorting,
  ruleName: (ruleId: string) => string,
): ConnectionSummary[] {
  const key = sortKeys[column]
  const factor = descending ? -1 : 1
  return connections
    .map((connection) => ({ connection, key: key(connection, ruleName) }))
    .sort((a, b) => factor * compare(a.key, b.key) || b.connection.openedAt - a.connection.openedAt)
    .map(({ connection }) => connection)
}

type SortKey = (connection: ConnectionSummary, ruleName: (ruleId: string) => string) => string | number

const sortKeys: Readonly<Record<ConnectionColumn, SortKey>> = {
  target: ({ target }) => target,
  rule: ({ ruleId }, ruleName) => ruleName(ruleId).toLowerCase(),
  client: ({ client }) => client,
  state: ({ closedAt, closeReason, stage }) =>
    closedAt === undefined ? `0 ${stage}` : closeReason?.failure ? '2' : '1',
  down: ({ bytesDown }) => bytesDown,
  up: ({ bytesUp }) => bytesUp,
  age: ({ openedAt }) => openedAt,
  // One that is still being set up takes longer than any that is done.
  setup: (connection) => setupTime(connection, Number.MAX_SAFE_INTEGER),
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
