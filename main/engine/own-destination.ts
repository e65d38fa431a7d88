import type { Endpoint } from '../../shared/model/address.ts'
import { hostKind, isLoopback, isWildcard } from '../../shared/model/host.ts'
import type { IsOwnListener } from './dial/dial-hop.ts'
import { ownAddresses, type OwnAddress } from './own-addresses.ts'

type Addresses = readonly OwnAddress[] | undefined

/**
 * True where a destination that was found in the traffic is one of our own listeners, by its address or as localhost.
 * That would go round for ever when the next hop runs on this machine, too; a Host header that names this port leads here
 * without any ill will.
 */
export function isOwnDestination(
  { host, port }: Endpoint,
  isOwnListener: IsOwnListener,
  addresses: () => Addresses = ownAddresses,
): boolean {
  const isOwn = (...addresses: string[]) => addresses.some((address) => isOwnListener(port, () => address))
  if (hostKind(host) === 'name') return isLoopback(host) && isOwn('127.0.0.1', '::1')
  if (isWildcard(host)) return isOwn(host, '127.0.0.1')
  // The addresses of this machine are looked up only where the port is one of ours.
  return isOwnListener(port, () => (isThisMachine(host, addresses()) ? host : undefined))
}

/** True for the addresses of this machine, and for localhost. */
export function isThisMachine(host: string, addresses: Addresses): boolean {
  return isLoopback(host) || isWildcard(host) || (addresses ?? []).some(({ address }) => address === host)
}
