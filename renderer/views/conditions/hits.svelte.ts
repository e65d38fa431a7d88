import type { ConditionHits } from '../../../shared/runtime.ts'
import type { App } from '../../state/app.svelte.ts'

/** How often conditions decided. */
export class Hits {
  readonly #app: App
  #all: readonly ConditionHits[] = $state.raw([])
  /** Others after every tick, and after nothing else. */
  readonly #totals: unknown

  constructor(app: App) {
    this.#app = app
    this.#totals = $derived(app.store.snapshot?.runtime.totals)
  }

  /** Of a condition of a rule, or of all rules. */
  of(conditionId: string, ruleId: string | undefined): number {
    return this.#all.find((one) => one.conditionId === conditionId && one.ruleId === ruleId)?.hits ?? 0
  }

  /** For an effect: asks, and asks again whenever something passed, since nothing else can have decided anything. */
  follow(): void {
    void this.#totals
    void this.#app.client.request('condition.hits', {}).then((reply) => {
      if (reply.ok) this.#all = reply.value
    })
  }
}
