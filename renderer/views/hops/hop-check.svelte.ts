import type { SocksVersion } from '../../../shared/model/next-hop.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { CheckReport, StageRecord } from '../../../shared/runtime.ts'
import { newId } from '../../state/new-id.ts'
import type { App } from '../../state/app.svelte.ts'

export type Trial =
  { readonly kind: 'id'; readonly id: string } | { readonly kind: 'draft'; readonly hop: NextHop }

/** In this order versions are tried: the most capable first. */
export const versionsToTry: readonly SocksVersion[] = ['5', '4a', '4']

/** One running or finished check of a hop, as a view shows it. */
export class HopCheck {
  /** The version that is being tried, while one is searched for. */
  searching: SocksVersion | undefined = $state()
  report: CheckReport | undefined = $state.raw()
  /** Why there is no report. */
  failure = $state('')
  found: SocksVersion | undefined = $state()
  readonly isRunning: boolean
  readonly stages: readonly StageRecord[]
  readonly #app: App
  #checkId: string | undefined = $state()
  #isCancelled = false

  constructor(app: App) {
    this.#app = app
    this.isRunning = $derived(this.#checkId !== undefined)
    this.stages = $derived(
      this.report?.stages ?? (this.#checkId ? (app.store.checks[this.#checkId] ?? []) : []),
    )
  }

  async run(trial: Trial, target: string): Promise<CheckReport | undefined> {
    this.#reset()
    return this.#check(trial, target)
  }

  /** Tries one version after the other; the one that works, or undefined. */
  async findVersion(
    trialOf: (version: SocksVersion) => NextHop | undefined,
    target: string,
  ): Promise<SocksVersion | undefined> {
    this.#reset()
    for (const version of versionsToTry) {
      const hop = trialOf(version)
      if (!hop || this.#isCancelled) continue
      this.searching = version
      const report = await this.#check({ kind: 'draft', hop }, target)
      if (report?.ok) {
        this.found = version
        break
      }
      // The address itself is wrong: another version would meet the same.
      if (report?.failure?.stage === 'connect-hop' || report?.failure?.stage === 'resolve') break
    }
    this.searching = undefined
    return this.found
  }

  cancel(): void {
    this.#isCancelled = true
    const checkId = this.#checkId
    if (checkId) void this.#app.client.request('hop.cancelCheck', { checkId })
  }

  #reset(): void {
    this.#isCancelled = false
    this.found = undefined
    this.searching = undefined
  }

  async #check(trial: Trial, target: string): Promise<CheckReport | undefined> {
    const checkId = newId()
    this.report = undefined
    this.failure = ''
    this.#checkId = checkId
    const reply = await this.#app.client.request('hop.check', {
      checkId,
      hop: trial,
      ...(target.trim() && { target: target.trim() }),
    })
    this.#app.store.forgetCheck(checkId)
    this.#checkId = undefined
    if (this.#isCancelled) return undefined
    if (!reply.ok) {
      this.failure = this.#app.tell(reply)
      return undefined
    }
    this.report = reply.value
    return reply.value
  }
}
