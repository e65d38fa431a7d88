import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '@playwright/test'

/** Between two clicks. The window clicked in may learn its own change last, and takes no other click until then. */
const pauseMs = 200

/** From a click on a switch in one window to the change of it in the other, in milliseconds, sorted. */
export async function changeTimes(from: Page, to: Page, label: string, rounds: number): Promise<number[]> {
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

/** When a switch shows another state than now, by the clock that all windows share. */
function whenChecked(page: Page, label: string): Promise<number> {
  return page.evaluate((name) => {
    const find = () => document.querySelector(`[role=switch][aria-label="${name}"]`)
    const before = find()?.getAttribute('aria-checked')
    return new Promise<number>((resolve) => {
      const observer = new MutationObserver(() => {
        if (find()?.getAttribute('aria-checked') === before) return
        observer.disconnect()
        resolve(performance.timeOrigin + performance.now())
      })
      observer.observe(document.body, { subtree: true, attributes: true, childList: true })
    })
  }, label)
}
