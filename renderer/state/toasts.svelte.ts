export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'info' | 'bad'
  readonly action?: { readonly label: string; readonly run: () => void }
}

const lifetimeMs = { info: 6000, bad: 12_000 } as const
const most = 4

/** Short notes at the edge of the window. They leave by themselves, but not while somebody points at them. */
export class Toasts {
  list: readonly Toast[] = $state.raw([])
  #timers: Readonly<Record<number, ReturnType<typeof setTimeout>>> = {}
  #next = 1

  show(text: string, options: Partial<Pick<Toast, 'tone' | 'action'>> = {}): void {
    const toast: Toast = { tone: 'info', ...options, id: this.#next, text }
    this.#next += 1
    // The same words again replace the old ones instead of piling up.
    const others = this.list.filter((other) => other.text !== text || other.action)
    for (const { id } of others.slice(0, Math.max(0, others.length + 1 - most))) this.#forget(id)
    this.list = [...others, toast].slice(-most)
    this.#arm(toast)
  }

  dismiss(id: number): void {
    this.#forget(id)
    this.list = this.list.filter((toast) => toast.id !== id)
  }

  hold(): void {
    for (const { id } of this.list) this.#forget(id)
  }

  release(): void {
    for (const toast of this.list) this.#arm(toast)
  }

  #arm({ id, tone }: Toast): void {
    this.#forget(id)
    const timer = setTimeout(() => {
      this.dismiss(id)
    }, lifetimeMs[tone])
    this.#timers = { ...this.#timers, [id]: timer }
  }

  #forget(id: number): void {
    const { [id]: timer, ...others } = this.#timers
    clearTimeout(timer)
    this.#timers = others
  }
}
