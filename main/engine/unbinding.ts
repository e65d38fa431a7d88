import { performance } from 'node:perf_hooks'
import type { PortRule } from '../../shared/model/port-rule.ts'
import type { RouteOut } from '../../shared/runtime.ts'
import type { EngineConfig } from './api.ts'
import type { Listener } from './listener.ts'
import { listensHere } from './listening-rules.ts'
import { portUse } from './sharing.ts'

/** How often it is looked whether a route can be used again; waits end without an event. */
const lookEveryMs = 250
/** So long a rule stays unbound: other threads must have let go of its port before it is bound anew. */
const holdMs = 500

export interface UnbindingOptions {
  readonly listener: (ruleId: string) => Listener | undefined
  /** A rule's route while none of its hops can be used; undefined while one can. */
  readonly downRoute: (rule: PortRule) => RouteOut | undefined
  /** Runs work when no config is being applied. */
  readonly inTurn: (work: () => Promise<void>) => void
}

/** Takes rules off their ports while no hop of their route can be used, where they ask for that, and puts them back. */
export class Unbinding {
  readonly #options: UnbindingOptions
  #rules: readonly PortRule[] = []
  readonly #since = new Map<string, number>()
  #timer: NodeJS.Timeout | undefined
  #isLooking = false

  constructor(options: UnbindingOptions) {
    this.#options = options
  }

  /** Of threads that share a port the first one decides, and the others follow it. */
  apply(config: EngineConfig): void {
    const decides = portUse(config.sharing) !== 'further'
    this.#rules = config.rules.filter(
      (rule) => decides && rule.onAllDown === 'unbind' && listensHere(rule, config),
    )
    const ids = new Set(this.#rules.map(({ id }) => id))
    for (const id of this.#since.keys()) if (!ids.has(id)) this.#since.delete(id)
    this.look()
  }

  /** True for a rule that must not listen now. */
  holds({ id }: PortRule): boolean {
    return this.#since.has(id)
  }

  /** To be called whenever the health of a hop has changed, or a rule listens. */
  look(): void {
    if (this.#rules.length === 0 || this.#isLooking) return
    this.#isLooking = true
    this.#options.inTurn(async () => {
      this.#isLooking = false
      await Promise.all(this.#rules.map((rule) => this.#review(rule)))
      clearTimeout(this.#timer)
      if (this.#since.size === 0) return
      this.#timer = setTimeout(() => this.look(), lookEveryMs)
      this.#timer.unref()
    })
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#rules = []
  }

  async #review(rule: PortRule): Promise<void> {
    const listener = this.#options.listener(rule.id)
    const out = this.#options.downRoute(rule)
    const since = this.#since.get(rule.id)
    if (out) {
      this.#since.set(rule.id, since ?? performance.now())
      listener?.unbind(out)
    } else if (since !== undefined && performance.now() - since >= holdMs) {
      this.#since.delete(rule.id)
      await listener?.open()
    }
  }
}
