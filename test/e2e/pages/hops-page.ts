import type { Locator, Page } from '@playwright/test'

export class HopsPage {
  readonly table: Locator
  readonly add: Locator
  readonly lists: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    const main = page.getByRole('main')
    this.table = main.getByRole('table', { name: 'Next hops', exact: true })
    this.add = main.getByRole('button', { name: 'Add next hop' }).first()
    this.lists = main.getByRole('table', { name: 'Next-hop lists' })
  }

  row(name: string): Locator {
    return this.table
      .locator('tr[data-row]')
      .filter({ has: this.#page.getByRole('button', { name: name, exact: true }) })
  }

  title(name: string): Locator {
    return this.table.getByRole('button', { name, exact: true })
  }

  health(name: string): Locator {
    return this.row(name).locator('td.health')
  }

  usedBy(name: string): Locator {
    return this.row(name).locator('td.used')
  }

  test(name: string): Locator {
    return this.table.getByRole('button', { name: `Test ${name}`, exact: true })
  }
}
