import { isIP, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import { NexthopError } from '../../../shared/errors.ts'
import type { Endpoint } from '../../../shared/model/address.ts'
import { formatEndpoint } from '../../../shared/model/address.ts'
import { hostKind } from '../../../shared/model/host.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { StageNote } from '../../../shared/stage-note.ts'
import { plainAddress } from '../plain-address.ts'
import type { Words } from '../trace.ts'
import { converse } from './converse.ts'
import { describeHop } from './describe-hop.ts'
import { isLoop, loop, type DialHopOptions } from './dial-hop.ts'
import { composeHandshake } from './handshake-messages.ts'
import { HttpDialogue } from './http-dialogue.ts'
import type { LookUp } from './names.ts'
import { needsResolving, resolveTarget } from './resolve.ts'
import { secureHop } from './secure-hop.ts'
import { SocksDialogue } from './socks-dialogue.ts'
import type { ReplyStep } from './socks-reply-reader.ts'
import type { ConnectOptions } from './connect-address.ts'
import { ConnectError, isNameError, nameFailure } from './connect-error.ts'
import { tcpConnect } from './tcp-connect.ts'

/** A connection to a hop, as far as nothing was asked of it: TCP, and TLS where the hop has that. */
export function openHop(hop: NextHop, options: DialHopOptions): Promise<Socket> {
  return hop.tls ? openSecured(hop, options) : reachHop(hop, options)
}

async function openSecured(hop: NextHop, options: DialHopOptions): Promise<Socket> {
  const socket = await reachHop(hop, options)
  try {
    return await secureIfWanted(socket, hop, options)
  } catch (error) {
    socket.destroy()
    throw error
  }
}

/** A connection to a hop without TLS, also where it is to have that. */
export async function reachHop(hop: NextHop, options: DialHopOptions): Promise<Socket> {
  const { trace, signal, isOwnListener, buffers, observe } = options
  trace.begin('connect-hop', hop.name)
  const startedAt = performance.now()
  // What TLS reads is copied by it anyway, and it wants a plain socket.
  const connect = { buffers: hop.tls ? undefined : buffers, observer: observe?.(hop) }
  const socket = await connectHop(hop, signal, connect, options.lookUp)
  const connectedAt = performance.now()
  options.hopStates?.measured(hop, connectedAt - startedAt, connectedAt)
  trace.note(describeRemote(socket, hop))
  if (!isLoop(socket, hop.port, isOwnListener)) return socket
  socket.destroy()
  throw loop('connect-hop', hop)
}

/** The socket itself, or one for what is inside of TLS. */
export async function secureIfWanted(
  socket: Socket,
  hop: NextHop,
  { trace, signal }: DialHopOptions,
): Promise<Socket> {
  if (!hop.tls) return socket
  trace.begin('secure', hop.name)
  const secured = await secureHop(socket, hop, hop.tls, signal)
  trace.note({ code: 'certificate', isVerified: hop.tls.verify })
  return secured
}

/** Asks an open hop for the target; what came after its answer. */
export async function askHop(
  socket: Socket,
  hop: NextHop,
  target: Endpoint,
  { trace, signal, handshakes }: DialHopOptions,
): Promise<Buffer> {
  const onAnswer = (note: StageNote) => trace.note(note)
  if (hop.protocol === 'http') {
    trace.begin('request', hop.name)
    return converse(socket, hop, target, new HttpDialogue(hop, target, onAnswer), signal)
  }
  const messages = handshakes?.messages(hop, target) ?? composeHandshake(hop, target)
  const onStep = (step: ReplyStep) => trace.begin(step, hop.name)
  return converse(socket, hop, target, new SocksDialogue(hop, { messages, onStep, onAnswer }), signal)
}

/** The target as the hop is to be asked for it. Rejects with a NexthopError where that can't be. */
export async function targetFor(
  hop: NextHop,
  target: Endpoint,
  { trace, signal }: Pick<DialHopOptions, 'trace' | 'signal'>,
): Promise<Endpoint> {
  let address = target
  if (needsResolving(hop, target)) {
    trace.begin('resolve')
    const { chosen, answers } = await resolveTarget(hop, target, signal)
    address = chosen
    trace.note({ code: 'answers', name: target.host, answers, chosen: chosen.host })
  }
  if (hop.protocol === 'socks' && hop.version !== '5' && hostKind(address.host) === 'ipv6') {
    throw noIpv6(hop, address)
  }
  return address
}

/** The TCP connection to a hop. */
export async function connectHop(
  hop: NextHop,
  signal: AbortSignal,
  options: Pick<ConnectOptions, 'buffers' | 'observer'> = {},
  lookUp?: LookUp,
): Promise<Socket> {
  try {
    return await tcpConnect(hop, { timeoutMs: hop.connectTimeoutMs, signal, ...options }, lookUp)
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error
    const common = { stage: 'connect-hop', hop: describeHop(hop) } as const
    const { errno } = error
    if (errno === undefined) {
      throw new NexthopError({ code: 'timeout', afterMs: hop.connectTimeoutMs, ...common })
    }
    if (isNameError(errno)) {
      throw new NexthopError({ ...nameFailure(errno, hop.connectTimeoutMs), ...common })
    }
    throw new NexthopError({ code: 'hop-unreachable', errno, ...common })
  }
}

/** The address that answered, with its family. Where an address was asked for, no system call needs to tell it. */
export function describeRemote(socket: Socket, { host, port }: Endpoint): Words {
  const family = isIP(host)
  if (family !== 0) return () => `${formatEndpoint({ host, port })}, IPv${family}`
  const { remoteAddress = '', remotePort = 0, remoteFamily } = socket
  return `${formatEndpoint({ host: plainAddress(remoteAddress), port: remotePort })}, ${remoteFamily ?? 'closed at once'}`
}

/** SOCKS4 has no IPv6; the `socks` package would send the address as a name. */
function noIpv6(hop: NextHop, target: Endpoint): NexthopError {
  return new NexthopError({
    code: 'bad-request',
    stage: 'request',
    hop: describeHop(hop),
    target: formatEndpoint(target),
  })
}
