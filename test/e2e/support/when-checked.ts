import type { Page } from '@playwright/test'

/** When a switch shows another state than now, by the clock that all windows share. */
export function whenChecked(page: Page, label: string): Promise<number> {
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
