import type { BrowserContext, Page } from '@playwright/test'

/** What a page does by itself, counted since it was opened. */
export interface Doings {
  readonly mutations: number
  readonly timers: number
  readonly frames: number
  readonly drawings: number
  readonly messages: number
  readonly requests: number
}

type Counted = Window & { doings: { -readonly [K in keyof Doings]: number } }

export const nothing: Doings = { mutations: 0, timers: 0, frames: 0, drawings: 0, messages: 0, requests: 0 }

/** To be called before pages are opened. */
export async function countDoings(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const doings = { mutations: 0, timers: 0, frames: 0, drawings: 0, messages: 0, requests: 0 }
    ;(window as unknown as Counted).doings = doings
    new MutationObserver((mutations) => (doings.mutations += mutations.length)).observe(document, {
      attributes: true,
      characterData: true,
      childList: true,
      subtree: true,
    })
    /** A timer counts when it runs. */
    const counting =
      (run: (...input: unknown[]) => unknown, key: 'timers' | 'frames') =>
      (...input: unknown[]): void => {
        doings[key] += 1
        run(...input)
      }
    for (const name of ['setTimeout', 'setInterval'] as const) {
      const original = window[name].bind(window) as (run: () => void, ms?: number) => number
      Object.assign(window, {
        [name]: (run: () => void, ms?: number) => original(counting(run, 'timers'), ms),
      })
    }
    const frame = window.requestAnimationFrame.bind(window)
    window.requestAnimationFrame = (run) => frame(counting(run as () => void, 'frames'))
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called on its canvas
    const clear = CanvasRenderingContext2D.prototype.clearRect
    CanvasRenderingContext2D.prototype.clearRect = function (...area) {
      doings.drawings += 1
      clear.apply(this, area)
    }
    const Source = window.EventSource
    window.EventSource = class extends Source {
      constructor(url: string | URL) {
        super(url)
        this.addEventListener('message', () => (doings.messages += 1))
      }
    }
    const ask = window.fetch.bind(window)
    window.fetch = (...input) => {
      doings.requests += 1
      return ask(...input)
    }
  })
}

export function doingsOf(page: Page): Promise<Doings> {
  return page.evaluate(() => ({ ...(window as unknown as Counted).doings }))
}

/** What it does in the time that `meanwhile` takes. */
export async function doingsWhile(page: Page, meanwhile: () => Promise<unknown>): Promise<Doings> {
  const before = await doingsOf(page)
  await meanwhile()
  const after = await doingsOf(page)
  return {
    mutations: after.mutations - before.mutations,
    timers: after.timers - before.timers,
    frames: after.frames - before.frames,
    drawings: after.drawings - before.drawings,
    messages: after.messages - before.messages,
    requests: after.requests - before.requests,
  }
}
