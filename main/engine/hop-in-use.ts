import type { NextHop } from '../../shared/model/next-hop.ts'
import type { HopLiveness } from './dial/hop-liveness.ts'
import type { HopStates } from './hop-states.ts'

export interface HopInUseContext {
  readonly hopStates: Pick<HopStates, 'enter' | 'left'>
  readonly hopLiveness: Pick<HopLiveness, 'isAlive'>
}

/** The one hop that a connection uses, or tries, at a time; it counts for that one alone. */
export class HopInUse {
  readonly #context: HopInUseContext
  #hop: NextHop | undefined
  #counted: NextHop | undefined

  constructor(context: HopInUseContext) {
    this.#context = context
  }

  /** Of a connection that has ended or failed: the last one. Undefined while no hop is on its way. */
  get hop(): NextHop | undefined {
    return this.#hop
  }

  /** Goes over to a hop. False where that has its limit. */
  use(hop: NextHop): boolean {
    this.release()
    this.#hop = hop
    const isFree = this.#context.hopStates.enter(hop.id)
    if (isFree) this.#counted = hop
    return isFree
  }

  /** The connection goes on without a hop. */
  leave(): void {
    this.release()
    this.#hop = undefined
  }

  /** The connection is over: it counts no more, and it is still told which hop it had. */
  release(): void {
    if (this.#counted) this.#context.hopStates.left(this.#counted.id)
    this.#counted = undefined
  }

  /** Whether an end from the other side can be the target's: true where there is no hop that could have died. */
  async isAlive(): Promise<boolean> {
    return this.#hop === undefined || this.#context.hopLiveness.isAlive(this.#hop)
  }
}
