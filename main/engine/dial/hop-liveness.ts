import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { formatEndpoint } from '../../../shared/model/address.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { now } from '../trace.ts'
import { composeHandshake } from './handshake-messages.ts'
import { ConnectError, tcpConnect } from './tcp-connect.ts'

/** Between the starts of two probes of a hop: bounds them to fifty per second. */
const spacingMs = 20
const probeTimeoutMs = 2000
const settleMs = 50

/**
 * Tells the end of a target from the death of the hop before it. Both reach us as a FIN: a killed proxy's sockets are
 * closed in good order by its system. So when the other side is first to end, the hop is greeted once more; only a
 * refusal or a reset counts as its death. That it answered a moment before says nothing: when a busy hop is killed, all
 * its connections end right after the last one was accepted.
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
    const startedAt = now()
    const socket = await tcpConnect(hop, {
      timeoutMs: probeTimeoutMs,
      signal: AbortSignal.timeout(probeTimeoutMs),
    })
    const roundTripMs = now() - startedAt
    const isReset = await isResetSoon(socket, greetingOf(hop), settleMs + 2 * roundTripMs)
    socket.destroy()
    return !isReset
  } catch (error) {
    // A reset can be there before the connection is known to stand.
    const isDead = error instanceof ConnectError && ['ECONNREFUSED', 'ECONNRESET'].includes(error.errno ?? '')
    return !isDead
  }
}

/** What a live hop answers at once, without being asked for anything. SOCKS4 has no greeting; HTTP and TLS cost more. */
function greetingOf(hop: NextHop): Buffer | undefined {
  const hasGreeting = hop.protocol === 'socks' && hop.version === '5' && !hop.tls
  return hasGreeting ? composeHandshake(hop, anywhere).greet : undefined
}

/**
 * A proxy that is being killed can end its connections a moment before its listener, which then resets what waits there.
 * Whoever answers is alive; where there is nothing to answer, or no answer comes, it is waited for the reset.
 */
function isResetSoon(socket: Socket, greeting: Buffer | undefined, waitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (isReset: boolean) => {
      clearTimeout(timer)
      socket.off('close', onClose).off('data', onData)
      resolve(isReset)
    }
    const onClose = () => finish(true)
    const onData = () => finish(false)
    const timer = setTimeout(() => finish(false), waitMs)
    socket.once('close', onClose).once('data', onData)
    if (greeting) socket.write(greeting)
  })
}

/** It is never asked for. */
const anywhere = { host: '127.0.0.1', port: 1 }
