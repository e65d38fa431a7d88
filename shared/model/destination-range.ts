import { formatEndpoint, formatListen, type Endpoint, type ListenAddress } from './address.ts'
import type { Destination } from './destination.ts'

// What a destination says in words and ports, without the schema that reads it.

/** How many ports next to each other a rule with this destination listens on. */
export function portCount(destination: Destination): number {
  return destination.kind === 'range' ? destination.count : 1
}

export interface EndpointRange extends Endpoint {
  readonly count: number
}

/** The destinations that a rule names itself; none where all are found in the traffic. */
export function namedDestinations(destination: Destination): readonly EndpointRange[] {
  switch (destination.kind) {
    case 'fixed':
      return [{ host: destination.host, port: destination.port, count: 1 }]
    case 'range':
      return [destination]
    case 'sniff':
      return destination.fallback ? [{ ...destination.fallback, count: 1 }] : []
    case 'proxy':
    case 'header':
      return []
  }
}

/** `db.internal:5432`, `db.internal:5000-5009`. */
export function formatRange({ host, port, count }: EndpointRange): string {
  const first = formatEndpoint({ host, port })
  return count === 1 ? first : `${first}-${port + count - 1}`
}

/** Where a rule listens; with all of its ports, `127.0.0.1:5000-5009`. */
export function formatListenRange(listen: ListenAddress, destination: Destination): string {
  const count = portCount(destination)
  return listen.kind === 'tcp' ? formatRange({ ...listen, count }) : formatListen(listen)
}

/** Every address that a rule listens on, as text. */
export function listenKeys(listen: ListenAddress, destination: Destination): string[] {
  if (listen.kind === 'unix') return [formatListen(listen)]
  return Array.from({ length: portCount(destination) }, (_, offset) =>
    formatListen({ ...listen, port: listen.port + offset }),
  )
}
