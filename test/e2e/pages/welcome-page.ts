import type { Locator, Page } from '@playwright/test'

/** What an empty app shows: three steps. */
export class WelcomePage {
  readonly title: Locator
  readonly steps: Locator
  readonly addHop: Locator
  readonly addRule: Locator
  readonly finish: Locator
  /** The line to paste into a terminal. */
  readonly tryLine: Locator

  constructor(page: Page) {
    const main = page.getByRole('main')
    this.title = main.getByRole('heading', { name: 'Welcome to Nexthop' })
    this.steps = main.getByRole('list').getByRole('listitem')
    this.addHop = main.getByRole('button', { name: 'Add next hop' })
    this.addRule = main.getByRole('button', { name: 'Add rule' })
    this.finish = main.getByRole('button', { name: 'Show my rules' })
    this.tryLine = main.locator('code')
  }
}
