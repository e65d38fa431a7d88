import type { Locator, Page } from '@playwright/test'

export class ConnectionsPage {
  readonly rows: Locator
  readonly closeAll: Locator
  readonly pause: Locator
  readonly search: Locator
  readonly rule: Locator
  readonly hop: Locator
  readonly slowFrom: Locator
  readonly saveTraces: Locator
  readonly details: Locator
  readonly stages: Locator
  readonly scroller: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    const main = page.getByRole('main')
    this.scroller = main.getByRole('region', { name: 'Connections' })
    this.rows = this.scroller.locator('tbody tr:not(.spacer)')
    this.closeAll = main.getByRole('button', { name: 'Close all' })
    this.pause = main.getByRole('button', { name: /Pause|Resume/ })
    this.search = main.getByRole('searchbox', { name: 'Filter connections' })
    this.rule = main.getByRole('combobox', { name: 'Rule', exact: true })
    this.hop = main.getByRole('combobox', { name: 'Next hop', exact: true })
    this.slowFrom = main.getByRole('textbox', { name: 'Set up in at least' })
    this.saveTraces = main.getByRole('button', { name: 'Save traces' })
    this.details = main.getByRole('complementary', { name: 'Details of the connection' })
    this.stages = this.details.getByRole('list', { name: 'Stages' }).getByRole('listitem')
  }

  show(kind: 'All' | 'Open' | 'Failed' | 'Slow'): Promise<void> {
    return this.#page.getByRole('radio', { name: kind, exact: true }).check()
  }

  rowTo(target: string): Locator {
    return this.rows.filter({ has: this.#page.getByRole('button', { name: target, exact: true }) })
  }

  title(target: string): Locator {
    return this.scroller.getByRole('button', { name: target, exact: true })
  }
}
