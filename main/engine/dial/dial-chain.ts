import type { Socket } from 'node:net'
import { NexthopError, toFailure, type Failure } from '../../../shared/errors.ts'
import type { Endpoint } from '../../../shared/model/address.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { describeHop } from './describe-hop.ts'
import type { Dialled, DialHopOptions } from './dial-hop.ts'
import { askHop, reachHop, secureIfWanted, targetFor } from './open-hop.ts'

/**
 * Reaches `target` through several hops in order, each by way of the one before: the first is connected to, and every
 * hop is asked for the next one's address, the last for the target. Each leg has the time-outs of its hop. Rejects with
 * a NexthopError that names the leg, or with the signal's reason.
 */
export async function dialChain(
  hops: readonly NextHop[],
  target: Endpoint,
  options: DialHopOptions,
): Promise<Dialled> {
  const last = hops.at(-1)
  if (!last) throw noHop()
  let socket = await reachLast(hops, options)
  try {
    socket = await secureIfWanted(socket, last, options)
    return { socket, earlyData: await ask(socket, last, target, options) }
  } catch (error) {
    socket.destroy()
    throw inLeg(hops.length, error, hops, options)
  }
}

/** A connection to the last of several hops, as far as nothing was asked of that one, not even for TLS; rejects as above. */
export async function reachLast(hops: readonly NextHop[], options: DialHopOptions): Promise<Socket> {
  const [first] = hops
  if (!first) throw noHop()
  let leg = 1
  let socket: Socket | undefined
  try {
    // TLS in a later leg wants a plain socket, too.
    const { buffers: _buffers, ...plain } = options
    socket = await reachHop(first, hops.some(({ tls }) => tls) ? plain : options)
    for (const [index, hop] of hops.entries()) {
      leg = index + 1
      const next = hops[index + 1]
      if (!next) break
      socket = await secureIfWanted(socket, hop, options)
      const rest = await ask(socket, hop, next, options).catch((error: unknown) => {
        const failure = toFailure(error)
        if (!isAboutTarget(failure)) throw error
        leg += 1
        throw new NexthopError(beyond(failure, hop, next))
      })
      options.trace.note({ code: 'leg', leg, of: hops.length })
      // Whatever came early is the next hop's.
      if (rest.length > 0) socket.unshift(rest)
    }
    return socket
  } catch (error) {
    socket?.destroy()
    throw inLeg(leg, error, hops, options)
  }
}

/** What failed, with the leg in which it did. Throws the signal's reason where that is why. */
function inLeg(
  leg: number,
  error: unknown,
  hops: readonly NextHop[],
  { signal }: Pick<DialHopOptions, 'signal'>,
): NexthopError {
  signal.throwIfAborted()
  const failure = toFailure(error)
  const [before, hop] = hops.slice(leg - 2, leg)
  const told = leg > 1 && before && hop && isSilence(failure) ? beyond(failure, before, hop) : failure
  return new NexthopError({ ...told, leg: { number: leg, of: hops.length } })
}

function noHop(): NexthopError {
  return new NexthopError({ code: 'internal', message: 'the chain has no next hop' })
}

async function ask(socket: Socket, hop: NextHop, target: Endpoint, options: DialHopOptions): Promise<Buffer> {
  return askHop(socket, hop, await targetFor(hop, target, options), options)
}

/** True where a hop does what it should, and what it was asked for can't be reached. */
function isAboutTarget({ code, stage }: Failure): boolean {
  switch (code) {
    case 'target-refused':
    case 'target-unreachable':
    case 'hop-refused':
    case 'name-not-found':
      return true
    case 'timeout':
    case 'hop-unreachable':
      return stage === 'request'
    default:
      return false
  }
}

/** Some proxies, such as ssh -D, grant every request, and only then find out that they can't carry it out. */
function isSilence({ code, looksLike }: Failure): boolean {
  return code === 'hop-not-socks' && looksLike === 'silence'
}

/** What a hop was asked for is the next one: that is what failed, seen from here. */
function beyond({ code, reply, afterMs, errno }: Failure, hop: NextHop, next: NextHop): Failure {
  const common = { stage: 'connect-hop', hop: describeHop(next) } as const
  if (code === 'name-not-found') {
    return {
      code,
      ...common,
      ...(errno !== undefined && { errno }),
      ...(afterMs !== undefined && { afterMs }),
    }
  }
  return {
    code: 'hop-unreachable',
    ...common,
    through: describeHop(hop),
    ...(reply && { reply }),
    ...(afterMs !== undefined && { afterMs }),
    ...(errno !== undefined && { errno }),
  }
}
