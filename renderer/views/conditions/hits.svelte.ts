import type { ConditionHits } from '../../../shared/runtime.ts'
import type { App } from '../../state/app.svelte.ts'

const everyMs = 2000

/** How often conditions decided, asked anew while somebody looks. */
export class Hits {
  #all: readonly ConditionHits[] = $state.raw([])

  /** Of a condition of a rule, or of all rules. */
  of(conditionId: string, ruleId: string | undefined): number {
    return this.#all.find((one) => one.conditionId === conditionId && one.ruleId === ruleId)?.hits ?? 0
  }

  /** Begins to ask; the function that it returns ends it. */
  follow(app: App): () => void {
    const ask = async () => {
      const reply = await app.client.request('condition.hits', {})
      if (reply.ok) this.#all = reply.value
    }
    void ask()
    const timer = setInterval(() => void ask(), everyMs)
    return () => {
      clearInterval(timer)
    }
  }
}
