import type { Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { toFailure, type Failure } from '../../../shared/errors.ts'
import { formatEndpoint } from '../../../shared/model/address.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { Trace } from '../trace.ts'
import { reachLast } from './dial-chain.ts'
import { names } from './names.ts'
import { lifeQuestion, type LifeQuestion } from './sign-of-life.ts'

/** The hops of a connection in their order: one, or those of a chain. */
export type Way = readonly [NextHop, ...NextHop[]]

/** Between the starts of two probes of a way: bounds them to fifty per second. */
const spacingMs = 20
const probeTimeoutMs = 2000
const settleMs = 50
/** How long a hop that gave no answer to the question of its kind is not asked it again, … */
const muteMs = 300_000
/** … and one that did, where each question may be a line in its log, or an offence to who watches that. */
const sparedMs = 1000

/**
 * Tells the end of a target from the death of the hop before it. Both reach us as a FIN: a killed proxy's sockets are
 * closed in good order by its system. So when the other side ends, the hop is asked for a sign of life; only a refusal or a
 * reset counts as its death. That it answered a moment before says nothing: when a busy hop is killed, all its connections
 * end right after the last one was accepted. The last hop of a chain is asked by way of the others.
 */
export class HopLiveness {
  readonly #startedAt = new Map<string, number>()
  /** Probes that have not begun yet; everybody who asks until then gets their answer. */
  readonly #coming = new Map<string, Promise<DeadLeg>>()
  /** Until when hops are not asked, but watched alone: that takes longer. */
  readonly #spared = new Map<string, number>()
  /** The same ones for as long as the config stays. */
  readonly #questions = new WeakMap<NextHop, LifeQuestion>()

  /**
   * Which hop of a way has died, counted from 1; undefined where each may be alive.
   * @param address where the first hop was reached: its name may lead to another machine as well, or nowhere by now
   */
  async deadLeg(way: Way, address = way[0].host): Promise<DeadLeg> {
    const [first, ...further] = way
    const key = [{ host: address, port: first.port }, ...further].map(formatEndpoint).join()
    const coming = this.#coming.get(key) ?? this.#probeInTime(key, way, address)
    this.#coming.set(key, coming)
    return coming
  }

  async #probeInTime(key: string, way: Way, address: string): Promise<DeadLeg> {
    const waitMs = (this.#startedAt.get(key) ?? -spacingMs) + spacingMs - performance.now()
    await (waitMs > 0 ? delay(waitMs) : undefined)
    this.#coming.delete(key)
    this.#startedAt.set(key, performance.now())
    return this.#probe(key, way, address)
  }

  async #probe(key: string, way: Way, address: string): Promise<DeadLeg> {
    const last = way.at(-1) ?? way[0]
    const question = this.#questions.get(last) ?? lifeQuestion(last)
    this.#questions.set(last, question)
    const isSpared = performance.now() < (this.#spared.get(key) ?? 0)
    if (!isSpared && !question.isExpected) this.#spared.set(key, performance.now() + sparedMs)
    const found = await probe(way, address, isSpared ? undefined : question.bytes)
    if (isSpared || question.isExpected || found.sign === 'answered' || found.sign === 'refused') {
      return deadLegOf(found)
    }
    // A reset may be all that it has to say to the question; without one, only its death explains it.
    const dead = found.sign === 'silent' ? undefined : deadLegOf(await probe(way, address))
    if (dead === undefined) this.#spared.set(key, performance.now() + muteMs)
    return dead
  }
}

type DeadLeg = number | undefined

type Sign = 'answered' | 'silent' | 'reset' | 'refused'

interface Found {
  readonly sign: Sign
  /** Of the hop that gave it. */
  readonly leg: number
}

function deadLegOf({ sign, leg }: Found): DeadLeg {
  return sign === 'answered' || sign === 'silent' ? undefined : leg
}

async function probe(way: Way, address: string, question?: Buffer): Promise<Found> {
  try {
    const startedAt = performance.now()
    const socket = await reachLast(way, {
      trace: new Trace(undefined, false),
      signal: AbortSignal.timeout(probeTimeoutMs),
      // It was looked at when the connection was made.
      isOwnListener: () => false,
      lookUp: (_name, within) => names.lookUp(address, within),
    })
    const roundTripMs = performance.now() - startedAt
    const sign = await listen(socket, question, settleMs + 2 * roundTripMs)
    socket.destroy()
    return { sign, leg: way.length }
  } catch (error) {
    const failure = toFailure(error)
    return { sign: isDeath(failure) ? 'refused' : 'silent', leg: failure.leg?.number ?? 1 }
  }
}

/** A reset can be there before the connection is known to stand. A hop that can't reach the next one is believed. */
function isDeath({ code, errno, through, afterMs, looksLike }: Failure): boolean {
  if (code === 'hop-not-socks') return looksLike === 'silence'
  if (code !== 'hop-unreachable' || afterMs !== undefined) return false
  return errno === undefined ? through !== undefined : deathly.has(errno)
}

const deathly: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'EOF'])

/**
 * A proxy that is being killed can end its connections a moment before its listener, which then resets what waits there.
 * Whoever answers is alive; where there is nothing to answer, or no answer comes, it is waited for the reset.
 */
function listen(socket: Socket, question: Buffer | undefined, waitMs: number): Promise<Sign> {
  return new Promise((resolve) => {
    const finish = (sign: Sign) => {
      clearTimeout(timer)
      socket.off('close', onClose).off('data', onData)
      resolve(sign)
    }
    const onClose = () => finish('reset')
    const onData = () => finish('answered')
    const timer = setTimeout(() => finish('silent'), waitMs)
    socket.once('close', onClose).once('data', onData)
    if (question) socket.write(question)
  })
}
