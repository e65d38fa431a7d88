import { expect, type Locator, type Page } from '@playwright/test'
import { ConnectionsPage } from './connections-page.ts'
import { HopDialog } from './hop-dialog.ts'
import { HopsPage } from './hops-page.ts'
import { LogPage } from './log-page.ts'
import { RuleDialog } from './rule-dialog.ts'
import { RulesPage } from './rules-page.ts'
import { SettingsPage } from './settings-page.ts'
import { WelcomePage } from './welcome-page.ts'

export const views = ['Port rules', 'Next hops', 'Connections', 'Log', 'Settings'] as const
export type ViewTitle = (typeof views)[number]

/** One window of the app: what is there in every view, and the views. */
export class AppPage {
  readonly page: Page
  readonly welcome: WelcomePage
  readonly rules: RulesPage
  readonly hops: HopsPage
  readonly connections: ConnectionsPage
  readonly log: LogPage
  readonly settings: SettingsPage
  readonly ruleDialog: RuleDialog
  readonly hopDialog: HopDialog
  /** The master switch. */
  readonly forwarding: Locator
  readonly forwardingState: Locator
  /** What is said above the view while something is wrong with the app itself. */
  readonly banner: Locator
  readonly toasts: Locator
  readonly dialog: Locator

  constructor(page: Page) {
    this.page = page
    this.welcome = new WelcomePage(page)
    this.rules = new RulesPage(page)
    this.hops = new HopsPage(page)
    this.connections = new ConnectionsPage(page)
    this.log = new LogPage(page)
    this.settings = new SettingsPage(page)
    this.ruleDialog = new RuleDialog(page)
    this.hopDialog = new HopDialog(page)
    this.forwarding = page.getByRole('switch', { name: 'Forwarding', exact: true })
    this.forwardingState = page.locator('#forwarding-state')
    this.banner = page.locator('.banners').getByRole('status').first()
    this.toasts = page.getByRole('region', { name: 'Notifications' })
    this.dialog = page.getByRole('dialog')
  }

  async isReady(): Promise<void> {
    await expect(this.page.getByRole('navigation')).toBeVisible()
  }

  link(view: ViewTitle): Locator {
    return this.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view })
  }

  async open(view: ViewTitle): Promise<void> {
    await this.link(view).click()
    await expect(this.link(view)).toHaveAttribute('aria-current', 'page')
  }

  toast(text: string | RegExp): Locator {
    return this.toasts.getByText(text)
  }

  async undo(): Promise<void> {
    await this.toasts.getByRole('button', { name: 'Undo' }).last().click()
  }

  /** Opens the "More" menu of a row by the name of what is in it, and chooses an entry. */
  async choose(name: string, entry: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name: `More for ${name}` }).click()
    await this.page.getByRole('menuitem', { name: entry }).click()
  }
}
