import type { Locator, Page } from '@playwright/test'

/** The form of a next hop, and the result of a test in it or in the dialog "Test …". */
export class HopDialog {
  readonly dialog: Locator
  readonly url: Locator
  readonly name: Locator
  readonly host: Locator
  readonly port: Locator
  readonly target: Locator
  readonly test: Locator
  readonly findVersion: Locator
  readonly result: Locator
  readonly stages: Locator
  /** What the test says in the end. */
  readonly verdict: Locator

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog')
    this.url = this.dialog.getByLabel('Paste a URL')
    this.name = this.dialog.getByLabel('Name', { exact: true })
    this.host = this.dialog.getByLabel('Host or IP address')
    this.port = this.dialog.getByLabel('Port', { exact: true })
    this.target = this.dialog.getByLabel('Test destination (optional)')
    this.test = this.dialog.getByRole('button', { name: /^Test( again)?$/ })
    this.findVersion = this.dialog.getByRole('button', { name: 'Find version' })
    this.result = this.dialog.getByRole('region', { name: 'Test result' })
    this.stages = this.result.getByRole('list', { name: 'Stages' }).getByRole('listitem')
    this.verdict = this.result.locator('.callout')
  }

  version(version: '4' | '4a' | '5'): Locator {
    return this.dialog.getByRole('radio', { name: `SOCKS${version}`, exact: true })
  }

  async save(label: 'Add next hop' | 'Save'): Promise<void> {
    await this.dialog.getByRole('button', { name: label, exact: true }).click()
  }
}
