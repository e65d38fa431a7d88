import { isDeepStrictEqual } from 'node:util'
import type { Failure } from '../../../shared/errors.ts'
import type { HealthCheck } from '../../../shared/model/health-check.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { EngineConfig, EngineLogEntry } from '../api.ts'
import { isOwnNetworkDown, isOwnShortage } from '../dial/own-fault.ts'
import type { IsOwnListener } from '../dial/dial-hop.ts'
import type { HopStates } from '../hop-states.ts'
import { checkedHops } from './checked-hops.ts'
import { HopChecker } from './hop-checker.ts'
import { probeHop } from './probe-hop.ts'

export interface HealthChecksOptions {
  readonly hopStates: HopStates
  readonly isOwnListener: IsOwnListener
  readonly log: (entry: Omit<EngineLogEntry, 'at'>) => void
  /** For tests. */
  readonly isOwnNetworkDown?: (failure: Failure) => boolean
}

interface Running {
  readonly hop: NextHop
  readonly checker: HopChecker
}

/** The health checks of all hops in use. They are no connections: nothing counts or records them. */
export class HealthChecks {
  readonly #options: HealthChecksOptions
  readonly #running = new Map<string, Running>()
  /** Hops to which this machine has no path at present. */
  readonly #unreached = new Set<string>()

  constructor(options: HealthChecksOptions) {
    this.#options = options
  }

  /** Takes on a config whose hops the hop states have already. A hop that did not change keeps its schedule. */
  apply(config: EngineConfig): void {
    const wanted = new Map(checkedHops(config).map((hop) => [hop.id, hop]))
    for (const [id, { hop, checker }] of this.#running) {
      const next = wanted.get(id)
      if (next && isDeepStrictEqual(next, hop)) continue
      checker.close()
      this.#running.delete(id)
      this.#unreached.delete(id)
    }
    for (const [id, hop] of wanted) {
      const { healthCheck } = hop
      if (healthCheck && !this.#running.has(id)) {
        this.#running.set(id, { hop, checker: this.#start(hop, healthCheck) })
      }
    }
  }

  close(): void {
    for (const { checker } of this.#running.values()) checker.close()
    this.#running.clear()
  }

  #start(hop: NextHop, check: HealthCheck): HopChecker {
    const { hopStates } = this.#options
    return new HopChecker(check, {
      probe: async (signal) => {
        const failure = await probeHop(hop, check, this.#options, signal)
        if (!failure || !this.#isOwnNetworkDown(failure)) this.#unreached.delete(hop.id)
        return failure
      },
      health: () => hopStates.health(hop.id),
      onUp: (at) => hopStates.checkedUp(hop.id, at),
      onDown: (failure, at) => hopStates.checkedDown(hop.id, failure, at, check.intervalMs),
      isOwnFault: (failure) => this.#isOwnFault(hop, failure),
      onProblem: (problem) => {
        const message = `Health check: the next hop "${hop.name}" could not be checked: ${problem}`
        this.#options.log({ level: 'error', message, hopId: hop.id })
      },
    })
  }

  #isOwnNetworkDown(failure: Failure): boolean {
    return (this.#options.isOwnNetworkDown ?? isOwnNetworkDown)(failure)
  }

  /** Without a network of our own, no hop can be judged. That is told once, for the first one. */
  #isOwnFault(hop: NextHop, failure: Failure): boolean {
    if (isOwnShortage(failure)) return true
    if (!this.#isOwnNetworkDown(failure)) return false
    if (this.#unreached.size === 0) {
      const message = `Health check: this machine has no network that leads to the next hop "${hop.name}", so it is not judged.`
      this.#options.log({ level: 'warn', message, hopId: hop.id })
    }
    this.#unreached.add(hop.id)
    return true
  }
}
