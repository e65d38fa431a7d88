import type { Socket } from 'node:net'
import { NexthopError, type Stage } from '../../../shared/errors.ts'
import { formatEndpoint, type Endpoint } from '../../../shared/model/address.ts'
import { hostKind } from '../../../shared/model/host.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { HopStates } from '../hop-states.ts'
import { plainAddress } from '../plain-address.ts'
import { now, type Trace } from '../trace.ts'
import type { ReadBuffers } from '../wire/read-buffers.ts'
import { describeHop } from './describe-hop.ts'
import { performHandshake } from './handshake.ts'
import { composeHandshake, type HandshakeBook } from './handshake-messages.ts'
import { needsResolving, resolveTarget } from './resolve.ts'
import { ConnectError, tcpConnect, type ConnectObserver, type ConnectOptions } from './tcp-connect.ts'

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
}

/** One attempt to reach `target` through one hop. Rejects with a NexthopError, or with the signal's reason. */
export async function dialHop(hop: NextHop, target: Endpoint, options: DialHopOptions): Promise<Dialled> {
  const { trace, signal, isOwnListener, buffers, handshakes } = options
  const address = needsResolving(hop, target) ? await resolveHere(hop, target, trace) : target
  if (hop.version !== '5' && hostKind(address.host) === 'ipv6') throw noIpv6(hop, address)
  trace.begin('connect-hop', hop.name)
  const startedAt = now()
  const socket = await connectHop(hop, signal, { buffers, observer: options.observe?.(hop) })
  const connectedAt = now()
  options.hopStates?.measured(hop.id, connectedAt - startedAt, connectedAt)
  trace.note(`${socket.remoteAddress}:${socket.remotePort}`)
  try {
    if (isLoop(socket, hop.port, isOwnListener)) throw loop('connect-hop', hop)
    const earlyData = await performHandshake(socket, hop, address, {
      signal,
      onStep: (step) => trace.begin(step, hop.name),
      messages: handshakes?.messages(hop, address) ?? composeHandshake(hop, address),
    })
    return { socket, earlyData }
  } catch (error) {
    socket.destroy()
    throw error
  }
}

async function resolveHere(hop: NextHop, target: Endpoint, trace: Trace): Promise<Endpoint> {
  trace.begin('resolve')
  const resolved = await resolveTarget(hop, target)
  trace.note(`${target.host} is ${resolved.host}`)
  return resolved
}

/** The TCP connection to a hop. */
export async function connectHop(
  hop: NextHop,
  signal: AbortSignal,
  options: Pick<ConnectOptions, 'buffers' | 'observer'> = {},
): Promise<Socket> {
  try {
    return await tcpConnect(hop, { timeoutMs: hop.connectTimeoutMs, signal, ...options })
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error
    const common = { stage: 'connect-hop', hop: describeHop(hop) } as const
    if (error.errno === undefined) {
      throw new NexthopError({ code: 'timeout', afterMs: hop.connectTimeoutMs, ...common })
    }
    const code = isNameError(error.errno) ? 'name-not-found' : 'hop-unreachable'
    throw new NexthopError({ code, errno: error.errno, ...common })
  }
}

/** SOCKS4 has no IPv6; the `socks` package would send the address as a name. */
function noIpv6(hop: NextHop, target: Endpoint): NexthopError {
  return new NexthopError({
    code: 'bad-request',
    stage: 'request',
    hop: describeHop(hop),
    target: formatEndpoint(target),
    message: `SOCKS${hop.version} carries no IPv6 addresses: use a SOCKS5 hop, or give the destination as name or IPv4 address`,
  })
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

/** True for the errors of getaddrinfo. */
export function isNameError(errno: string): boolean {
  return errno === 'ENOTFOUND' || errno.startsWith('EAI_') || errno === 'ENODATA'
}
