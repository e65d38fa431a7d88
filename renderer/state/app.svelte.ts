import { createContext } from 'svelte'
import type { CallInput, CallName, CallOutput, Client, Refusal, Reply } from '../../shared/contract.ts'
import { explainInFullBy } from '../../shared/texts/explain-by.ts'
import type { Said } from '../../shared/told.ts'
import { en } from '../texts/en.ts'
import { chooseLanguage, loadTexts, type TextLanguage, type Texts } from '../texts/texts.ts'
import { copyText } from './clipboard.ts'
import type { Clock } from './clock.svelte.ts'
import { Dialogs } from './dialogs.svelte.ts'
import { Router } from './router.svelte.ts'
import { Store } from './store.svelte.ts'
import { Toasts } from './toasts.svelte.ts'

/** What every view works with. One per window, made by App.svelte. */
export class App {
  readonly client: Client
  readonly store: Store
  readonly router = new Router()
  readonly toasts = new Toasts()
  readonly dialogs = new Dialogs()
  /** The language that is wanted; `t` follows as soon as it is here. */
  readonly wantedLanguage: TextLanguage
  t: Texts = $state.raw(en)
  /** The texts of the first language are here. */
  isReady = $state(false)
  /** The first steps stay on screen until they are finished, also when there is something to show already. */
  isOnboarding = $state(false)

  constructor(client: Client) {
    this.client = client
    this.store = new Store(client)
    this.wantedLanguage = $derived(
      chooseLanguage(this.store.snapshot?.config.settings.language ?? 'system', navigator.languages),
    )
  }

  get clock(): Clock {
    return this.store.clock
  }

  get language(): TextLanguage {
    return this.t.code
  }

  /** A mistake, or why a call was refused, in the language of the window. */
  readonly tell = (said: Said | Refusal): string =>
    'failure' in said && this.language !== 'en'
      ? explainInFullBy(this.t.sentences, said.failure)
      : this.t.tell(said)

  async loadTexts(language: TextLanguage): Promise<void> {
    // Where a language can not be fetched, the present one has to do.
    const texts = await loadTexts(language).catch(() => this.t)
    if (language === this.wantedLanguage) this.t = texts
    this.isReady = true
  }

  /** Makes a call; a failure is shown as a toast, and undefined comes back. */
  async run<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N> | undefined> {
    const reply: Reply<CallOutput<N>> = await this.client.request(name, input)
    if (reply.ok) return reply.value
    this.toasts.show(this.tell(reply), { tone: 'bad' })
    return undefined
  }

  /** Copies a short text and shows it. */
  copy(text: string): Promise<void> {
    return this.copyQuietly(text, this.t.common.copied(text))
  }

  /** Copies a text and says so in other words. */
  async copyQuietly(text: string, done: string): Promise<void> {
    const copied = await copyText(text)
    this.toasts.show(copied ? done : this.t.common.notCopied, { tone: copied ? 'info' : 'bad' })
  }

  /** Says that something was removed, and offers to bring it back. */
  offerUndo(text: string, trashId: string): void {
    const run = () => {
      void this.run('trash.restore', { trashId })
    }
    this.toasts.show(text, { action: { label: this.t.common.undo, run } })
  }
}

export const [useApp, provideApp] = createContext<App>()
