import type { ConnectionSummary } from '../../shared/runtime.ts'

export const connectionKinds = ['all', 'open', 'failed', 'slow'] as const
export type ConnectionKind = (typeof connectionKinds)[number]

/** What the list of connections shows; the search comes on top. */
export interface ConnectionFilter {
  readonly kind: ConnectionKind
  /** '': any; `withoutHop`: those that went directly, or nowhere. */
  readonly hopId: string
  /** From so long a set-up on, a connection is slow. */
  readonly slowMs: number
}

export const withoutHop = '-'

/** How long it took until bytes could flow, or has taken until now, or took to fail. Times in Unix milliseconds. */
export function setupTime({ openedAt, closedAt, setupMs }: ConnectionSummary, now: number): number {
  return setupMs ?? Math.max(0, (closedAt ?? now) - openedAt)
}

/** When the latest of those opened whose shown time is not over yet: they are open, or being set up. */
export function lastRunning(
  connections: readonly ConnectionSummary[],
  kind: ConnectionKind,
): number | undefined {
  let last: number | undefined
  for (const { openedAt, closedAt, setupMs } of connections) {
    if (closedAt !== undefined || (kind === 'slow' && setupMs !== undefined)) continue
    last = Math.max(last ?? openedAt, openedAt)
  }
  return last
}

export function passes(connection: ConnectionSummary, filter: ConnectionFilter, now: number): boolean {
  return isOfKind(connection, filter, now) && isOfHop(connection, filter.hopId)
}

function isOfKind(connection: ConnectionSummary, { kind, slowMs }: ConnectionFilter, now: number): boolean {
  switch (kind) {
    case 'all':
      return true
    case 'open':
      return connection.closedAt === undefined
    case 'failed':
      return connection.closeReason?.failure !== undefined
    case 'slow':
      return setupTime(connection, now) >= slowMs
  }
}

function isOfHop(connection: ConnectionSummary, hopId: string): boolean {
  if (hopId === '') return true
  return hopId === withoutHop ? connection.hopId === undefined : connection.hopId === hopId
}
