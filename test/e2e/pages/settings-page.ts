import type { Locator, Page } from '@playwright/test'

export class SettingsPage {
  readonly main: Locator
  readonly logLevel: Locator
  readonly drain: Locator
  readonly threads: Locator
  readonly importFile: Locator

  constructor(page: Page) {
    this.main = page.getByRole('main')
    this.logLevel = this.main.getByLabel('Log level')
    this.drain = this.main.getByLabel('Time to finish')
    this.threads = this.main.getByLabel('Threads')
    this.importFile = this.main.getByLabel('File to import')
  }

  theme(name: 'System' | 'Light' | 'Dark'): Locator {
    return this.main.getByRole('radiogroup', { name: 'Theme' }).getByRole('radio', { name })
  }

  language(name: 'System' | 'English' | 'Deutsch'): Locator {
    return this.main.getByRole('radiogroup', { name: /Language|Sprache/ }).getByRole('radio', { name })
  }
}
