import type { Socket } from 'node:net'
import { NexthopError, toFailure } from '../../../shared/errors.ts'
import type { Endpoint } from '../../../shared/model/address.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { Dialled, DialHopOptions } from './dial-hop.ts'
import { askHop, openHop, secureIfWanted, targetFor } from './open-hop.ts'

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
  const [first] = hops
  if (!first) throw new NexthopError({ code: 'internal', message: 'the chain has no next hop' })
  let leg = 1
  let socket: Socket | undefined
  try {
    // TLS in a later leg wants a plain socket, too.
    const { buffers: _buffers, ...plain } = options
    socket = await openHop(first, hops.some(({ tls }) => tls) ? plain : options)
    for (const [index, hop] of hops.entries()) {
      leg = index + 1
      const next = hops[index + 1]
      const asked = await targetFor(hop, next ?? target, options)
      const rest = await askHop(socket, hop, asked, options)
      if (!next) return { socket, earlyData: rest }
      options.trace.note(`leg ${leg} of ${hops.length}`)
      // Whatever came early is the next hop's.
      if (rest.length > 0) socket.unshift(rest)
      leg += 1
      socket = await secureIfWanted(socket, next, options)
    }
    throw new NexthopError({ code: 'internal', message: 'the chain has no end' })
  } catch (error) {
    socket?.destroy()
    options.signal.throwIfAborted()
    throw new NexthopError({ ...toFailure(error), leg: { number: leg, of: hops.length } })
  }
}
