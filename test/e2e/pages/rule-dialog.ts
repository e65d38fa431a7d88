import { expect, type Locator, type Page } from '@playwright/test'

export interface RuleFields {
  readonly listenPort?: number
  readonly host?: string
  readonly port?: number
  /** The name of a hop or list, "Direct" or "Block". */
  readonly route?: string
  readonly name?: string
}

export class RuleDialog {
  readonly dialog: Locator
  readonly listenHost: Locator
  readonly listenPort: Locator
  /** Its kind. */
  readonly destination: Locator
  readonly host: Locator
  readonly port: Locator
  readonly route: Locator
  readonly name: Locator
  readonly sentence: Locator
  readonly closeOpen: Locator

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog')
    this.listenHost = this.dialog.getByLabel('Listen address')
    this.listenPort = this.dialog.getByLabel('Listen port')
    this.destination = this.dialog.getByLabel('Destination', { exact: true })
    this.host = this.dialog.getByLabel('Destination host')
    this.port = this.dialog.getByLabel('Destination port')
    this.route = this.dialog.getByLabel('Route', { exact: true })
    this.name = this.dialog.getByLabel('Name', { exact: true })
    this.sentence = this.dialog.getByRole('figure', { name: 'As a gateway rule' }).locator('p')
    this.closeOpen = this.dialog.getByLabel('Close them when saving')
  }

  async fill({ listenPort, host, port, route, name }: RuleFields): Promise<void> {
    // A new rule is given a free port, which would overwrite what was typed before it came.
    await expect(this.listenPort).not.toHaveValue('')
    if (listenPort !== undefined) await this.listenPort.fill(String(listenPort))
    if (host !== undefined) await this.host.fill(host)
    if (port !== undefined) await this.port.fill(String(port))
    if (route !== undefined) await this.route.selectOption({ label: route })
    if (name !== undefined) await this.name.fill(name)
  }

  async save(label: 'Add rule' | 'Save'): Promise<void> {
    await this.dialog.getByRole('button', { name: label, exact: true }).click()
  }
}
