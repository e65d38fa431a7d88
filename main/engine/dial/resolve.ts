import { lookup } from 'node:dns/promises'
import { NexthopError } from '../../../shared/errors.ts'
import { formatEndpoint, type Endpoint } from '../../../shared/model/address.ts'
import { hostKind } from '../../../shared/model/host.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { describeHop } from './describe-hop.ts'

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
 * The address of the target's name. IPv4 comes first, since many SOCKS gateways have no IPv6; SOCKS4 takes
 * nothing else. Rejects with name-not-found.
 */
export async function resolveTarget(hop: NextHop, target: Endpoint): Promise<Resolved> {
  try {
    const family = hop.version === '4' ? 4 : 0
    const addresses = await lookup(target.host, { all: true, family })
    const chosen = addresses.find((address) => address.family === 4) ?? addresses[0]
    if (chosen) {
      const answers = [...new Set(addresses.map(({ address }) => address))]
      return { chosen: { host: chosen.address, port: target.port }, answers }
    }
  } catch {
    // Said below, in words.
  }
  throw new NexthopError({
    code: 'name-not-found',
    stage: 'resolve',
    hop: describeHop(hop),
    target: formatEndpoint(target),
  })
}
