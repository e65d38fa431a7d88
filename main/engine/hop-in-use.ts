import type { Failure } from '../../shared/errors.ts'
import type { NextHop } from '../../shared/model/next-hop.ts'
import type { CloseReason } from '../../shared/runtime.ts'
import { describeHop } from './dial/describe-hop.ts'
import type { HopLiveness, Way } from './dial/hop-liveness.ts'
import type { HopState } from './hop-state.ts'
import type { HopStates } from './hop-states.ts'

export interface HopInUseContext {
  readonly hopStates: Pick<HopStates, 'standing'>
  readonly hopLiveness: Pick<HopLiveness, 'deadLeg'>
}

/** The one hop that a connection uses, or tries, at a time; it counts for that one alone. Of a chain it is the first. */
export class HopInUse {
  readonly #context: HopInUseContext
  #hop: NextHop | undefined
  #counted: HopState | undefined
  #chain: Way | undefined
  #address: string | undefined

  constructor(context: HopInUseContext) {
    this.#context = context
  }

  /** Of a connection that has ended or failed: the last one. Undefined while no hop is on its way. */
  get hop(): NextHop | undefined {
    return this.#hop
  }

  /**
   * Goes over to a hop. False where that has its limit.
   * @param chain the hop with all that are reached through it
   */
  use(hop: NextHop, chain?: Way): boolean {
    this.release()
    this.#hop = hop
    this.#chain = chain
    const state = this.#context.hopStates.standing(hop)
    const isFree = state.enter()
    if (isFree) this.#counted = state
    return isFree
  }

  /** The hop was reached at this address. */
  readonly onAddress = (address: string): void => {
    this.#address = address
  }

  /** The connection goes on without a hop. */
  leave(): void {
    this.release()
    this.#hop = undefined
  }

  /** The connection is over: it counts no more, and it is still told which hop it had. */
  release(): void {
    this.#counted?.leave()
    this.#counted = undefined
  }

  /** Why an end from the other side is not the target's: the failure of a hop on the way that has died. */
  async findBreak(target: string | undefined): Promise<Failure | undefined> {
    if (!this.#hop) return undefined
    const way: Way = this.#chain ?? [this.#hop]
    const leg = await this.#context.hopLiveness.deadLeg(way, this.#address)
    return leg === undefined ? undefined : brokenHop(way, leg, target)
  }

  /** What a relay came to: a reset by the target may be the death of a hop. */
  async judge(reason: CloseReason, target: string | undefined): Promise<CloseReason> {
    if (reason.by !== 'target' || reason.how !== 'reset') return reason
    const failure = await this.findBreak(target)
    return failure ? { by: 'hop', how: 'reset', failure } : reason
  }
}

/** A hop that died while it passed bytes on. */
function brokenHop(way: Way, leg: number, target: string | undefined): Failure {
  return {
    code: 'hop-unreachable',
    stage: 'relay',
    errno: 'ECONNRESET',
    ...(target !== undefined && { target }),
    hop: describeHop(way[leg - 1] ?? way[0]),
    ...(way.length > 1 && { leg: { number: leg, of: way.length } }),
  }
}
