import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { formatEndpoint } from '../../../shared/model/address.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { now } from '../trace.ts'
import { ConnectError, tcpConnect } from './tcp-connect.ts'

/** Between the starts of two probes of a hop: bounds them to fifty per second. */
const spacingMs = 20
const probeTimeoutMs = 2000
const settleMs = 50

/**
 * Tells the end of a target from the death of the hop before it. Both reach us as a FIN: a killed proxy's sockets are
 * closed in good order by its system. So when the other side is first to end, the hop is asked whether it still
 * accepts connections; only a plain refusal counts as its death. That it did so a moment before says nothing: when a
 * busy hop is killed, all its connections end right after the last one was accepted.
 */
export class HopLiveness {
  readonly #startedAt = new Map<string, number>()
  /** Probes that have not begun yet; everybody who asks until then gets their answer. */
  readonly #coming = new Map<string, Promise<boolean>>()

  async isAlive(hop: NextHop): Promise<boolean> {
    const key = formatEndpoint(hop)
    const coming = this.#coming.get(key) ?? this.#probeInTime(key, hop)
    this.#coming.set(key, coming)
    return coming
  }

  async #probeInTime(key: string, hop: NextHop): Promise<boolean> {
    const waitMs = (this.#startedAt.get(key) ?? 0) + spacingMs - now()
    await (waitMs > 0 ? delay(waitMs) : undefined)
    this.#coming.delete(key)
    this.#startedAt.set(key, now())
    return probe(hop)
  }
}

async function probe(hop: NextHop): Promise<boolean> {
  try {
    const socket = await tcpConnect(hop, {
      timeoutMs: probeTimeoutMs,
      signal: AbortSignal.timeout(probeTimeoutMs),
    })
    const isReset = await isResetSoon(socket)
    socket.destroy()
    return !isReset
  } catch (error) {
    return !(error instanceof ConnectError && error.errno === 'ECONNREFUSED')
  }
}

/** A proxy that is being killed can end its connections a moment before its listener, which then resets what waits there. */
function isResetSoon(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (isReset: boolean) => {
      clearTimeout(timer)
      socket.off('close', onClose)
      resolve(isReset)
    }
    const onClose = () => finish(true)
    const timer = setTimeout(() => finish(false), settleMs)
    socket.once('close', onClose).resume()
  })
}
