import type { LooksLike } from '../../../shared/errors.ts'
import type { Endpoint } from '../../../shared/model/address.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { CheckReport } from '../../../shared/runtime.ts'
import { dialHop, type DialHopOptions } from '../dial/dial-hop.ts'
import { Trace } from '../trace.ts'

/** How a hop that was asked in something else speaks SOCKS, and whether it reaches the target so. */
export async function trySocks(
  hop: NextHop,
  looksLike: LooksLike | undefined,
  target: Endpoint | undefined,
  options: Omit<DialHopOptions, 'trace'>,
): Promise<CheckReport['speaks']> {
  if (looksLike !== 'socks4' && looksLike !== 'socks5') return undefined
  const other = looksLike === 'socks5' ? asSocks5(hop) : asSocks4(hop)
  if (!target) return { version: other.version }
  try {
    const { socket } = await dialHop(other, target, { ...options, trace: new Trace(undefined, false) })
    socket.destroy()
    return { version: other.version, reachesTarget: true }
  } catch {
    options.signal.throwIfAborted()
    return { version: other.version, reachesTarget: false }
  }
}

function asSocks5(hop: NextHop): NextHop {
  return { ...hop, protocol: 'socks', version: '5' }
}

/** Names are resolved where they were, so that none leaks. */
function asSocks4({ password: _password, ...hop }: NextHop): NextHop {
  return { ...hop, protocol: 'socks', version: hop.resolveAt === 'hop' ? '4a' : '4' }
}
