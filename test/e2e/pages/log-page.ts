import type { Locator, Page } from '@playwright/test'

export class LogPage {
  readonly entries: Locator
  readonly level: Locator
  readonly search: Locator
  readonly copy: Locator
  readonly save: Locator
  readonly follow: Locator

  constructor(page: Page) {
    const main = page.getByRole('main')
    this.entries = main.getByRole('log').getByRole('listitem')
    this.level = main.getByRole('combobox', { name: 'Level' })
    this.search = main.getByRole('searchbox', { name: 'Filter the log' })
    this.copy = main.getByRole('button', { name: 'Copy' })
    this.save = main.getByRole('button', { name: 'Save' })
    this.follow = main.getByRole('button', { name: 'Follow' })
  }
}
