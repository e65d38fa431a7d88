import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { NexthopError, toFailure, type Failure } from '../../../shared/errors.ts'
import type { Endpoint } from '../../../shared/model/address.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { HopStates } from '../hop-states.ts'
import { obstacleOf, toPlain } from '../routing/obstacle.ts'
import type { HopsPlan, RoutePlan } from '../routing/route-plan.ts'
import { barredHop, skippedFailure, withEarlier, type Skipped } from '../routing/skipped-failures.ts'
import { dialDirect } from './dial-direct.ts'
import { dialChain } from './dial-chain.ts'
import { dialHop, type Dialled, type DialHopOptions } from './dial-hop.ts'
import { hasAnswered } from './has-answered.ts'
import type { Way } from './hop-liveness.ts'
import { isOwnFault } from './own-fault.ts'

/** Between two attempts at the same hop: long enough for a proxy that is just being restarted. */
const retryDelayMs = 250

export interface DialContext extends DialHopOptions {
  readonly hopStates: HopStates
  /** Told which hop is tried next, with its chain where it is the first of one; false where it has its limit of connections. */
  readonly onHop: (hop: NextHop, chain?: Way) => boolean
  /** Told that the hops are left behind, and the destination is connected to without one. */
  readonly onNoHop: () => void
  /** Where no hop led there, the destination is connected to without one. */
  readonly lastResortDirect: boolean
}

/**
 * Carries out a route: each hop with its retries, one after the other, until one leads to the destination. Rejects
 * with the last hop's failure as a NexthopError, which holds those of the others, or with the signal's reason.
 */
export async function dial(plan: RoutePlan, target: Endpoint, context: DialContext): Promise<Dialled> {
  if (plan.kind === 'direct') return dialDirect(target, context)
  if (plan.kind === 'block') throw new NexthopError({ code: 'blocked', stage: 'route' })
  const result = await (plan.kind === 'chain'
    ? dialWholeChain(plan.hops, target, context)
    : dialOneOf(plan, target, context))
  if ('socket' in result) return result
  if (!context.lastResortDirect || !isHopsFault(result)) throw new NexthopError(result)
  context.onNoHop()
  return dialDirect(target, context, { code: 'last-resort' })
}

async function dialOneOf(plan: HopsPlan, target: Endpoint, context: DialContext): Promise<Dialled | Failure> {
  const failures: Failure[] = []
  const skipped = [...(plan.skipped ?? [])]
  let failure = plan.failure ?? { code: 'internal' as const, message: 'the route has no next hop' }
  for (const hop of plan.hops) {
    // While the one before was tried, this one may have gone down or got its limit.
    const obstructed = hop === plan.hops[0] ? undefined : passOver(hop, context)
    if (obstructed) {
      skipped.push(obstructed)
      continue
    }
    const result = await dialWithRetries(hop, target, context)
    if ('socket' in result) {
      plan.onUsed?.(hop)
      return result
    }
    failure = result
    failures.push(result)
  }
  // A plan without hops has told of those that it skipped; what a destination says has nothing to do with them.
  const passed = failures.length > 0 && isHopsFault(failure) ? skipped : []
  return withEarlier(failure, [
    ...failures.slice(0, -1),
    ...passed.map((entry) => skippedFailure(entry, performance.now())),
  ])
}

function passOver(hop: NextHop, { hopStates, trace }: DialContext): Skipped | undefined {
  const obstacle = obstacleOf({ hop, standing: hopStates.standing(hop) }, performance.now())
  if (!obstacle) return undefined
  trace.note({ code: 'passed-over', hop: hop.name, obstacle: toPlain(obstacle, performance.now()) })
  return { candidate: { hop }, obstacle }
}

/** A chain as a whole, with the retries of its first hop. The others are known through it alone, so only it is judged. */
async function dialWholeChain(
  hops: readonly NextHop[],
  target: Endpoint,
  context: DialContext,
): Promise<Dialled | Failure> {
  const [first, ...others] = hops
  if (!first) return { code: 'internal', message: 'the chain has no next hop' }
  return dialWithRetries(first, target, context, [first, ...others])
}

async function dialWithRetries(
  hop: NextHop,
  target: Endpoint,
  context: DialContext,
  chain?: Way,
): Promise<Dialled | Failure> {
  const { trace, hopStates, signal, onHop } = context
  if (!onHop(hop, chain)) return hasLimit(hop)
  for (let attempt = 0; ; attempt += 1) {
    try {
      const dialled = await (chain ? dialChain(chain, target, context) : dialHop(hop, target, context))
      hopStates.succeeded(hop, performance.now())
      return dialled
    } catch (error) {
      signal.throwIfAborted()
      const failure = toFailure(error)
      trace.fail(failure)
      if (hasAnswered(failure)) hopStates.succeeded(hop, performance.now())
      // What the hop says of the destination speaks for the hop's health; trying the same again would not help.
      if (!isHopsFault(failure) || isOwnFault(failure)) return failure
      if (failure.leg !== undefined && failure.leg.number > 1) return failure
      if (attempt >= hop.retries || isLasting(failure)) {
        hopStates.failed(hop, failure, performance.now())
        return failure
      }
    }
    // Rejects with an error of its own where it is broken off.
    await delay(retryDelayMs, undefined, { signal }).catch(() => signal.throwIfAborted())
  }
}

/** Another thread took the last place between the choice of the hop and its use. */
function hasLimit(hop: NextHop): Failure {
  return barredHop(hop, { kind: 'full', limit: hop.maxConnections })
}

/**
 * True for failures of the hop itself. A slow or failed request is not one: it says something of the destination,
 * and must not mark a live hop as down.
 */
export function isHopsFault({ code, stage }: Failure): boolean {
  switch (code) {
    case 'hop-unreachable':
      // Broken off while it was asked for the destination: some proxies answer a forbidden one like that.
      return stage !== 'request'
    case 'name-not-found':
      return stage === 'connect-hop'
    case 'timeout':
      return stage === 'connect-hop' || stage === 'secure' || stage === 'greet' || stage === 'authenticate'
    case 'hop-not-socks':
    case 'hop-tls-failed':
    case 'hop-auth-failed':
    case 'loop':
      return true
    default:
      return false
  }
}

/** True where another attempt at once can't end differently. */
function isLasting({ code, looksLike }: Failure): boolean {
  return (
    code === 'hop-auth-failed' ||
    code === 'hop-tls-failed' ||
    code === 'loop' ||
    (code === 'hop-not-socks' && looksLike !== 'silence')
  )
}
