import type { Refusal, Reply } from '../../shared/contract.ts'
import type { Issue } from '../../shared/model/issues.ts'
import type { Said } from '../../shared/told.ts'

const typingPauseMs = 700

/**
 * The state of a form around its draft: which fields may show their mistakes yet, and what the app said of the last
 * attempt to save. A mistake shows when its field is left, when typing pauses, or when saving was tried.
 */
export class FormState<D extends object> {
  draft: D
  isSaving = $state(false)
  /** What the app said that belongs to no field. */
  failure = $state('')
  readonly #validate: (draft: D) => readonly Issue[]
  readonly #tell: (said: Said | Refusal) => string
  #initial: string
  #touched: readonly string[] = $state.raw([])
  #submitted = $state(false)
  #serverIssues: readonly Issue[] = $state.raw([])
  #typing: ReturnType<typeof setTimeout> | undefined
  readonly issues: readonly Issue[]

  /** @param tell puts a mistake into the language of the window */
  constructor(draft: D, validate: (draft: D) => readonly Issue[], tell: (said: Said | Refusal) => string) {
    this.draft = $state(draft)
    this.#initial = JSON.stringify(draft)
    this.#validate = validate
    this.#tell = tell
    this.issues = $derived(this.#validate(this.draft))
  }

  get isDirty(): boolean {
    return JSON.stringify(this.draft) !== this.#initial
  }

  /** Takes what the draft holds now for unchanged: it was filled in by us, not by the user. */
  readonly settle = (): void => {
    this.#initial = JSON.stringify(this.draft)
  }

  /** The first mistake of a field ("listen.port") that may be shown; '' if there is none. */
  error(path: string): string {
    const isShown = this.#submitted || this.#touched.includes(path)
    const own = isShown ? this.issues.find((issue) => belongsTo(issue, path)) : undefined
    const issue = own ?? this.#serverIssues.find((other) => belongsTo(other, path))
    return issue ? this.#tell(issue) : ''
  }

  /** For fields that hold text. */
  set(field: keyof D, text: string): void {
    Object.assign(this.draft, { [field]: text })
  }

  /** Call on blur. */
  touch(path: string): void {
    if (!this.#touched.includes(path)) this.#touched = [...this.#touched, path]
  }

  /** Call on input. */
  typed(path: string): void {
    this.#serverIssues = this.#serverIssues.filter((issue) => !belongsTo(issue, path))
    this.failure = ''
    clearTimeout(this.#typing)
    this.#typing = setTimeout(() => {
      this.touch(path)
    }, typingPauseMs)
  }

  /** True where there is nothing wrong as far as can be told here; otherwise every mistake shows from now on. */
  submit(): boolean {
    this.#submitted = true
    this.failure = ''
    return this.issues.length === 0
  }

  /**
   * True where the app saved what it was sent. Else what it found shows: at its fields where it names them, and at the
   * foot of the form. Its paths begin with the name of what was sent.
   */
  isSaved(reply: Reply<unknown>): boolean {
    if (reply.ok) return true
    this.#serverIssues = (reply.issues ?? []).map((issue) => ({ ...issue, path: issue.path.slice(1) }))
    this.failure = this.#tell(reply)
    return false
  }
}

function belongsTo({ path }: Issue, field: string): boolean {
  const place = path.join('.')
  return place === field || place.startsWith(`${field}.`)
}
