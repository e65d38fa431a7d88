import type { Removed } from '../../../shared/calls/call.ts'
import type { SetPreview } from '../../../shared/calls/library-calls.ts'
import type { Reply } from '../../../shared/contract.ts'
import type { Issue } from '../../../shared/model/issues.ts'
import type { RuleSet } from '../../../shared/library/rule-set.ts'
import type { App } from '../../state/app.svelte.ts'
import { emptyDraft, isUntouched, mistakeAt, toAnswers, type SetDraft } from './set-draft.ts'

/** A rule set that is being filled in: its draft, what adding it would change, and what is wrong yet. */
export class SetState {
  readonly set: RuleSet
  draft: SetDraft
  isApplying = $state(false)
  preview: SetPreview | undefined = $state.raw()
  /** Shown from the first attempt to add the set. */
  issues: readonly Issue[] = $state.raw([])
  /** What belongs to no answer. */
  failure = $state('')
  readonly #app: App
  #hasTried = false
  #latest = 0

  constructor(app: App, set: RuleSet) {
    this.#app = app
    this.set = set
    this.draft = $state(
      emptyDraft(
        set,
        app.store.snapshot?.config.hops.map(({ id }) => id),
      ),
    )
  }

  get canPreview(): boolean {
    return !isUntouched(this.set, this.draft)
  }

  /** Asks what the present answers would change; replies to earlier ones are dropped. */
  async look(): Promise<void> {
    const mine = (this.#latest += 1)
    if (!this.canPreview && !this.#hasTried) {
      this.preview = undefined
      return
    }
    const reply = await this.#app.client.request('library.preview', this.#input())
    if (mine !== this.#latest) return
    this.preview = reply.ok ? reply.value : undefined
    if (this.#hasTried) this.#refuse(reply)
  }

  /** Undefined where something is wrong, which shows then. */
  async apply(): Promise<Removed | undefined> {
    if (this.isApplying) return undefined
    this.#hasTried = true
    this.isApplying = true
    const reply = await this.#app.client.request('library.apply', this.#input())
    this.isApplying = false
    this.#refuse(reply)
    return reply.ok ? reply.value : undefined
  }

  #input() {
    return { setId: this.set.id, answers: toAnswers($state.snapshot(this.draft)) }
  }

  /** The first mistake at a question, or at a place in its answer; '' if there is none. */
  mistakeAt(...path: (string | number)[]): string {
    const issue = mistakeAt(this.issues, ...path)
    return issue ? this.#app.tell(issue) : ''
  }

  /** What is wrong with the answer to a question as a whole. */
  mistakeOf(questionId: string): string {
    const issue = this.issues.find(({ path }) => path[1] === questionId && path.length === 2)
    return issue ? this.#app.tell(issue) : ''
  }

  #refuse(reply: Reply<unknown>): void {
    const issues = reply.ok ? [] : (reply.issues ?? [])
    const isTold = issues.length > 0 && issues.every(({ path }) => path[0] === 'answers')
    this.issues = issues
    this.failure = reply.ok || isTold ? '' : this.#app.tell(reply)
  }
}
