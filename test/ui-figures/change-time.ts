import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { whenChecked } from '../e2e/support/when-checked.ts'

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
