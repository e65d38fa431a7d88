import { NexthopError } from '../../../shared/errors.ts'
import { formatEndpoint, type Endpoint } from '../../../shared/model/address.ts'
import { hostKind } from '../../../shared/model/host.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { ConnectError, nameFailure } from './connect-error.ts'
import { describeHop } from './describe-hop.ts'
import { names, type LookUp } from './names.ts'

/** True where the target's name must become an address before the hop is asked. */
export function needsResolving(hop: NextHop, target: Endpoint): boolean {
  return hop.resolveAt === 'here' && hostKind(target.host) === 'name'
}

export interface Resolved {
  /** The target with the address of its name. */
  readonly chosen: Endpoint
  /** All addresses that the name has. */
  readonly answers: readonly string[]
}

/**
 * The address of the target's name, within the hop's connect time-out. IPv4 comes first, since many SOCKS gateways have
 * no IPv6; SOCKS4 takes nothing else. Rejects with name-not-found, or with the signal's reason.
 */
export async function resolveTarget(
  hop: NextHop,
  target: Endpoint,
  signal: AbortSignal,
  lookUp: LookUp = names.lookUp,
): Promise<Resolved> {
  const timeoutMs = hop.connectTimeoutMs
  const { addresses, errno } = await lookUp(target.host, { timeoutMs, signal }).then(
    (addresses) => ({ addresses, errno: undefined }),
    (error: unknown) => {
      if (!(error instanceof ConnectError)) throw error
      return { addresses: [], errno: error.errno }
    },
  )
  const usable = hop.version === '4' ? addresses.filter(({ family }) => family === 4) : addresses
  const chosen = usable.find(({ family }) => family === 4) ?? usable[0]
  if (chosen) {
    const answers = usable.map(({ address }) => address)
    return { chosen: { host: chosen.address, port: target.port }, answers }
  }
  throw new NexthopError({
    ...nameFailure(errno ?? 'ENODATA', timeoutMs),
    stage: 'resolve',
    hop: describeHop(hop),
    target: formatEndpoint(target),
  })
}
