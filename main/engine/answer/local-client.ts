import type { Socket } from 'node:net'
import { isLoopback } from '../../../shared/model/host.ts'
import { plainAddress } from '../plain-address.ts'

/** True for a client that runs on this machine: on loopback, from one of its own addresses, or on a unix socket. */
export function isLocalClient({ remoteAddress, localAddress }: Socket): boolean {
  if (remoteAddress === undefined) return localAddress === undefined
  return remoteAddress === localAddress || isLoopback(plainAddress(remoteAddress))
}
