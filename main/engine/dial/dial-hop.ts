import type { Socket } from 'node:net'
import { NexthopError, type Stage } from '../../../shared/errors.ts'
import { formatEndpoint, type Endpoint } from '../../../shared/model/address.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { HopStates } from '../hop-states.ts'
import { plainAddress } from '../plain-address.ts'
import type { Trace } from '../trace.ts'
import type { ReadBuffers } from '../wire/read-buffers.ts'
import type { ConnectObserver } from './connect-address.ts'
import type { HandshakeBook } from './handshake-messages.ts'
import type { LookUp } from './names.ts'
import { askHop, openHop, targetFor } from './open-hop.ts'

/** A connection that leads to the destination. The socket is paused. */
export interface Dialled {
  readonly socket: Socket
  /** What the destination sent already; comes before all that the socket will give. */
  readonly earlyData: Buffer
}

/**
 * Tells whether Nexthop itself listens on a port of this machine, at the address that `address` tells: undefined for
 * another machine's. It is asked only where the port is one of ours, since it costs system calls.
 */
export type IsOwnListener = (port: number, address: () => string | undefined) => boolean

export interface DialHopOptions {
  readonly trace: Trace
  readonly signal: AbortSignal
  readonly isOwnListener: IsOwnListener
  /** Of the engine; a check does without. */
  readonly buffers?: ReadBuffers
  readonly handshakes?: HandshakeBook
  /** Told how long the TCP connection to the hop took. */
  readonly hopStates?: Pick<HopStates, 'measured'>
  /** Who watches the connection to a hop, or to the destination itself, come about. */
  readonly observe?: (hop: NextHop | undefined) => ConnectObserver
  /** How the name of the hop that is connected to is looked up; without it, by the system. */
  readonly lookUp?: LookUp
}

/** One attempt to reach `target` through one hop. Rejects with a NexthopError, or with the signal's reason. */
export async function dialHop(hop: NextHop, target: Endpoint, options: DialHopOptions): Promise<Dialled> {
  const address = await targetFor(hop, target, options)
  const socket = await openHop(hop, options)
  try {
    return { socket, earlyData: await askHop(socket, hop, address, options) }
  } catch (error) {
    socket.destroy()
    throw error
  }
}

/** True for a connection that ends at one of our own listeners, whatever name or address led there. */
export function isLoop(socket: Socket, port: number, isOwnListener: IsOwnListener): boolean {
  return isOwnListener(port, () => {
    const { localAddress, remoteAddress } = socket
    return remoteAddress !== undefined && localAddress === remoteAddress
      ? plainAddress(remoteAddress)
      : undefined
  })
}

export function loop(stage: Stage, endpoint: Endpoint): NexthopError {
  return new NexthopError({ code: 'loop', stage, target: formatEndpoint(endpoint) })
}
