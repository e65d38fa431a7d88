import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { startServe } from '../e2e/support/serve.ts'
import { whenChecked } from '../e2e/support/when-checked.ts'
import { makeRule } from '../support/config.ts'
import type { Part } from './part.ts'
import { openWindow } from './window.ts'

const rounds = 50
/** Between two clicks. The window clicked in may learn its own change last, and takes no other click until then. */
const pauseMs = 200

export const changes: Part = {
  name: 'changes',
  title: 'From one window to another',
  measure: async (browser) => {
    const server = await startServe({
      config: {
        rules: [
          makeRule({ id: 'echo', name: 'Echo', to: 80, route: { kind: 'direct' } }),
          makeRule({ id: 'other', name: 'Other', to: 80, route: { kind: 'direct' } }),
        ],
      },
    })
    try {
      const app = await openWindow(browser, server)
      const other = await openWindow(browser, server)
      const times = await changeTimes(app.page, other.page, 'Other: on or off')
      await Promise.all([app, other].map(({ page }) => page.context().close()))
      const at = (share: number) => (times[Math.floor((times.length - 1) * share)] ?? NaN).toFixed(0)
      return [
        [
          `From a click in one window to the change in another, ${rounds} times`,
          `${at(0.5)} ms (median), ${at(0.95)} ms (95 %), ${at(1)} ms (longest)`,
        ],
      ]
    } finally {
      await server.close()
    }
  },
}

/** From a click on a switch in one window to the change of it in the other, in milliseconds, sorted. */
async function changeTimes(from: Page, to: Page, label: string): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const seen = whenChecked(to, label)
    const clicked = from.evaluate((name) => {
      const button = document.querySelector<HTMLElement>(`[role=switch][aria-label="${name}"]`)
      const at = performance.timeOrigin + performance.now()
      button?.click()
      return at
    }, label)
    times.push((await seen) - (await clicked))
    await pause(pauseMs)
  }
  return times.sort((a, b) => a - b)
}
