import type { Socket } from 'node:net'
import { formatEndpoint } from '../../shared/model/address.ts'
import { plainAddress } from './plain-address.ts'

/** Who is at the other end of a client's socket: address and port, or "unix". No TCP client without an address gets so far. */
export function clientAddress(socket: Socket): string {
  const { remoteAddress, remotePort } = socket
  if (remoteAddress === undefined || remotePort === undefined) return 'unix'
  return formatEndpoint({ host: plainAddress(remoteAddress), port: remotePort })
}
