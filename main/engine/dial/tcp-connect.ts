import { performance } from 'node:perf_hooks'
import type { LookupAddress } from 'node:dns'
import { isIP, type Socket } from 'node:net'
import type { Endpoint } from '../../../shared/model/address.ts'
import { connectAddress, type ConnectOptions } from './connect-address.ts'
import { connectFirst } from './connect-first.ts'
import { names, type LookUp } from './names.ts'

/**
 * Opens a TCP connection; a name is looked up, and its addresses are raced as in RFC 8305. The socket comes paused, with
 * half-open allowed and an error listener of its own. Rejects with a ConnectError, or with the signal's reason.
 */
export function tcpConnect(
  endpoint: Endpoint,
  options: ConnectOptions,
  lookUp: LookUp = names.lookUp,
): Promise<Socket> {
  return isIP(endpoint.host) === 0
    ? connectByName(endpoint, options, lookUp)
    : connectAddress(endpoint, options)
}

async function connectByName(
  { host, port }: Endpoint,
  options: ConnectOptions,
  lookUp: LookUp,
): Promise<Socket> {
  const endsAt = performance.now() + options.timeoutMs
  const addresses = await lookUp(host, options)
  for (const { address } of addresses) options.observer?.resolved(address)
  const endpoints = inTurns(addresses).map(({ address }) => ({ host: address, port }))
  // A name that was found in the last moment has been found.
  return connectFirst(endpoints, { ...options, timeoutMs: Math.max(1, endsAt - performance.now()) })
}

/** The families take turns, beginning with the one that the system has first (RFC 8305 section 4). */
function inTurns(addresses: readonly LookupAddress[]): LookupAddress[] {
  const preferred = addresses.filter(({ family }) => family === addresses[0]?.family)
  const others = addresses.filter(({ family }) => family !== addresses[0]?.family)
  const rounds = Math.max(preferred.length, others.length)
  return Array.from({ length: rounds }, (_, round) => [preferred[round], others[round]])
    .flat()
    .filter((address) => address !== undefined)
}
