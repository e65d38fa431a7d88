import type { Failure } from '../../../shared/errors.ts'
import { formatEndpoint } from '../../../shared/model/address.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'

/** What a failure says of the hop at which it happened; no login. */
export function describeHop(hop: NextHop): NonNullable<Failure['hop']> {
  const { id, name, version, protocol, resolveAt, tls } = hop
  const address = formatEndpoint(hop)
  return {
    id,
    name,
    address,
    version,
    ...(protocol === 'http' && { protocol }),
    ...(resolveAt === 'hop' && { resolveAt }),
    ...(tls && { tls: true }),
  }
}
