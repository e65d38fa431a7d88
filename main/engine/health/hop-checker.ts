import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { toFailure, type Failure } from '../../../shared/errors.ts'
import type { HealthCheck } from '../../../shared/model/health-check.ts'
import type { KnownHealth } from '../routing/candidate.ts'

/** The first checks of many hops are spread over this time. */
const firstWithinMs = 1000
/** How much an interval varies, so that checks of many hops do not fall into step. */
const jitter = 0.1

/** What a checker is told, and tells. */
export interface CheckerContext {
  readonly probe: (signal: AbortSignal) => Promise<Failure | undefined>
  readonly health: () => KnownHealth
  /** Often enough in a row. */
  readonly onUp: (at: number) => void
  /** Often enough in a row, and each time after that. */
  readonly onDown: (failure: Failure, at: number) => void
  /** True where a failure says nothing of the hop. */
  readonly isOwnFault: (failure: Failure) => boolean
  /** Told what went wrong with the checks themselves. */
  readonly onProblem: (message: string) => void
  readonly random?: () => number
}

/** Checks one hop over and over, until it is closed. */
export class HopChecker {
  readonly #check: HealthCheck
  readonly #context: CheckerContext
  readonly #closing = new AbortController()
  /** In a row. */
  #successes = 0
  #failures = 0
  /** What was told last. */
  #problem: string | undefined

  constructor(check: HealthCheck, context: CheckerContext) {
    this.#check = check
    this.#context = context
    void this.#run()
  }

  close(): void {
    this.#closing.abort(new Error('the health check is over'))
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing
    const { random = Math.random } = this.#context
    const { intervalMs } = this.#check
    let waitMs = random() * Math.min(intervalMs, firstWithinMs)
    while (!signal.aborted) {
      try {
        await delay(waitMs, undefined, { signal, ref: false })
        await this.#checkOnce(signal)
      } catch (error) {
        if (!signal.aborted) this.#tellProblem(error)
      }
      waitMs = intervalMs * (1 - jitter + 2 * jitter * random())
    }
  }

  async #checkOnce(signal: AbortSignal): Promise<void> {
    const failure = await this.#context.probe(signal)
    signal.throwIfAborted()
    if (failure) this.#failed(failure)
    else this.#succeeded()
    this.#problem = undefined
  }

  /** What nobody foresaw must not end the checks, nor, as a rejection that nobody handles, the thread. Told once. */
  #tellProblem(error: unknown): void {
    const message = toFailure(error).message ?? 'for an unknown reason'
    if (message === this.#problem) return
    this.#problem = message
    this.#context.onProblem(message)
  }

  #succeeded(): void {
    this.#failures = 0
    const { state } = this.#context.health()
    this.#successes = state === 'down' ? this.#successes + 1 : 0
    if (state === 'up' || (state === 'down' && this.#successes < this.#check.rise)) return
    this.#successes = 0
    this.#context.onUp(performance.now())
  }

  #failed(failure: Failure): void {
    if (this.#context.isOwnFault(failure)) return
    this.#successes = 0
    this.#failures += 1
    const isDown = this.#context.health().state === 'down'
    if (isDown || this.#failures >= this.#check.fall) this.#context.onDown(failure, performance.now())
  }
}
