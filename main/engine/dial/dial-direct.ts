import { NexthopError } from '../../../shared/errors.ts'
import { formatEndpoint, type Endpoint } from '../../../shared/model/address.ts'
import { hopDefaults } from '../../../shared/model/next-hop.ts'
import { isLoop, loop, type DialHopOptions, type Dialled } from './dial-hop.ts'
import type { Words } from '../trace.ts'
import { describeRemote } from './open-hop.ts'
import { ConnectError, isNameError, nameFailure } from './connect-error.ts'
import { tcpConnect } from './tcp-connect.ts'

const noData = Buffer.alloc(0)
const timeoutMs = hopDefaults.connectTimeoutMs

/** A connection to the destination without any hop. Rejects with a NexthopError, or with the signal's reason. */
export async function dialDirect(
  target: Endpoint,
  { trace, signal, isOwnListener, buffers, observe }: DialHopOptions,
  note?: Words,
): Promise<Dialled> {
  trace.begin('request', undefined, note)
  try {
    const socket = await tcpConnect(target, { timeoutMs, signal, buffers, observer: observe?.(undefined) })
    trace.note(describeRemote(socket, target))
    if (!isLoop(socket, target.port, isOwnListener)) return { socket, earlyData: noData }
    socket.destroy()
    throw loop('request', target)
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error
    const common = { stage: 'request', target: formatEndpoint(target) } as const
    const { errno } = error
    if (errno === undefined) throw new NexthopError({ code: 'timeout', afterMs: timeoutMs, ...common })
    if (isNameError(errno)) throw new NexthopError({ ...nameFailure(errno, timeoutMs), ...common })
    throw new NexthopError({
      code: errno === 'ECONNREFUSED' ? 'target-refused' : 'target-unreachable',
      errno,
      ...common,
    })
  }
}
