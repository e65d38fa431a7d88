import type { Locator, Page } from '@playwright/test'

export class RulesPage {
  readonly table: Locator
  readonly rows: Locator
  readonly add: Locator
  readonly search: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    const main = page.getByRole('main')
    this.table = main.getByRole('table', { name: 'Port rules' })
    this.rows = this.table.locator('tr[data-row]')
    this.add = main.getByRole('button', { name: 'Add rule' })
    this.search = main.getByRole('searchbox', { name: 'Search rules' })
  }

  row(name: string): Locator {
    return this.rows.filter({ has: this.#page.getByRole('button', { name: name, exact: true }) })
  }

  /** Opens and shuts the details. */
  title(name: string): Locator {
    return this.table.getByRole('button', { name, exact: true })
  }

  switch(name: string): Locator {
    return this.table.getByRole('switch', { name: `${name}: on or off`, exact: true })
  }

  status(name: string): Locator {
    return this.row(name).locator('td.status')
  }

  /** Open connections. */
  open(name: string): Locator {
    return this.row(name).locator('td.open')
  }

  edit(name: string): Locator {
    return this.table.getByRole('button', { name: `Edit ${name}`, exact: true })
  }

  pick(name: string): Locator {
    return this.table.getByRole('checkbox', { name: `Select ${name}`, exact: true })
  }

  /** The names in their order. */
  async names(): Promise<string[]> {
    return this.rows.locator('button.title').allInnerTexts()
  }

  detail(): Locator {
    return this.table.locator('tr.detail')
  }
}
