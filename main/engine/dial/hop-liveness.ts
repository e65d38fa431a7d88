import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { formatEndpoint } from '../../../shared/model/address.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { now } from '../trace.ts'
import { lifeQuestion, type LifeQuestion } from './sign-of-life.ts'
import { ConnectError, tcpConnect } from './tcp-connect.ts'

/** Between the starts of two probes of a hop: bounds them to fifty per second. */
const spacingMs = 20
const probeTimeoutMs = 2000
const settleMs = 50
/** How long a hop that gave no answer to the question of its kind is not asked it again, … */
const muteMs = 300_000
/** … and one that did, where each question may be a line in its log, or an offence to who watches that. */
const sparedMs = 1000

/**
 * Tells the end of a target from the death of the hop before it. Both reach us as a FIN: a killed proxy's sockets are
 * closed in good order by its system. So when the other side is first to end, the hop is asked for a sign of life; only a
 * refusal or a reset counts as its death. That it answered a moment before says nothing: when a busy hop is killed, all
 * its connections end right after the last one was accepted.
 */
export class HopLiveness {
  readonly #startedAt = new Map<string, number>()
  /** Probes that have not begun yet; everybody who asks until then gets their answer. */
  readonly #coming = new Map<string, Promise<boolean>>()
  /** Until when hops are not asked, but watched alone: that takes longer. */
  readonly #spared = new Map<string, number>()
  /** The same ones for as long as the config stays. */
  readonly #questions = new WeakMap<NextHop, LifeQuestion>()

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
    return this.#probe(key, hop)
  }

  async #probe(key: string, hop: NextHop): Promise<boolean> {
    const question = this.#questions.get(hop) ?? lifeQuestion(hop)
    this.#questions.set(hop, question)
    const isSpared = now() < (this.#spared.get(key) ?? 0)
    if (!isSpared && !question.isExpected) this.#spared.set(key, now() + sparedMs)
    const found = await probe(hop, isSpared ? undefined : question.bytes)
    if (isSpared || question.isExpected || found === 'answered' || found === 'refused') return isLife(found)
    // A reset may be all that it has to say to the question; without one, only its death explains it.
    const isAlive = found === 'silent' || isLife(await probe(hop))
    if (isAlive) this.#spared.set(key, now() + muteMs)
    return isAlive
  }
}

type Found = 'answered' | 'silent' | 'reset' | 'refused'

function isLife(found: Found): boolean {
  return found === 'answered' || found === 'silent'
}

async function probe(hop: NextHop, question?: Buffer): Promise<Found> {
  try {
    const startedAt = now()
    const socket = await tcpConnect(hop, {
      timeoutMs: probeTimeoutMs,
      signal: AbortSignal.timeout(probeTimeoutMs),
    })
    const roundTripMs = now() - startedAt
    const found = await listen(socket, question, settleMs + 2 * roundTripMs)
    socket.destroy()
    return found
  } catch (error) {
    // A reset can be there before the connection is known to stand.
    const isDead = error instanceof ConnectError && ['ECONNREFUSED', 'ECONNRESET'].includes(error.errno ?? '')
    return isDead ? 'refused' : 'silent'
  }
}

/**
 * A proxy that is being killed can end its connections a moment before its listener, which then resets what waits there.
 * Whoever answers is alive; where there is nothing to answer, or no answer comes, it is waited for the reset.
 */
function listen(socket: Socket, question: Buffer | undefined, waitMs: number): Promise<Found> {
  return new Promise((resolve) => {
    const finish = (found: Found) => {
      clearTimeout(timer)
      socket.off('close', onClose).off('data', onData)
      resolve(found)
    }
    const onClose = () => finish('reset')
    const onData = () => finish('answered')
    const timer = setTimeout(() => finish('silent'), waitMs)
    socket.once('close', onClose).once('data', onData)
    if (question) socket.write(question)
  })
}
