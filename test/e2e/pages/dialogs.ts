import { expect } from '@playwright/test'
import type { AppPage } from './app-page.ts'

export interface SampleDialog {
  readonly name: string
  readonly open: (app: AppPage) => Promise<void>
}

/** Every dialog on the sample config, in the state in which it shows the most. */
export const dialogs: readonly SampleDialog[] = [
  {
    name: 'rule',
    open: async ({ page, rules, ruleDialog }) => {
      await rules.edit('Git over SSH').click()
      await ruleDialog.host.fill('')
      await ruleDialog.listenHost.fill('0.0.0.0')
      await ruleDialog.save('Save')
      await page.getByText('More options').click()
    },
  },
  {
    name: 'rule that follows names',
    open: async ({ page, rules, ruleDialog }) => {
      await rules.edit('Git over SSH').click()
      await ruleDialog.destination.selectOption('Found by TLS or HTTP name')
      await page.getByText('More options').click()
    },
  },
  {
    name: 'rule for a range of ports',
    open: async ({ rules, ruleDialog }) => {
      await rules.edit('Git over SSH').click()
      await ruleDialog.destination.selectOption('A range of ports of one host')
    },
  },
  {
    name: 'next hop',
    open: async ({ page, hopDialog }) => {
      await page.keyboard.press('h')
      await hopDialog.host.fill('127.0.0.1')
      await hopDialog.port.fill('1')
      await page.getByText('More options').click()
      await hopDialog.dialog.getByLabel('Health check').selectOption('Connect through to a destination')
      await hopDialog.dialog.getByLabel('Destination of the check').fill('example.org')
      await hopDialog.test.click()
      await expect(hopDialog.verdict).toBeVisible()
    },
  },
  {
    name: 'list',
    open: async (app) => {
      await app.open('Next hops')
      await app.page.getByRole('button', { name: 'Office, then backup', exact: true }).click()
    },
  },
  {
    name: 'sticky list with weights and backups',
    open: async (app) => {
      await app.open('Next hops')
      await app.page.getByRole('button', { name: 'Office, then backup', exact: true }).click()
      await app.dialog.getByLabel('Mode').selectOption('Sticky')
      await app.dialog.getByLabel('Add a next hop to the list').selectOption('Branch office, Rotterdam')
      await app.dialog.getByLabel('Weight of Branch office, Rotterdam').fill('none')
      for (const backup of await app.dialog.getByRole('checkbox').all()) await backup.check()
      await app.dialog.getByRole('button', { name: 'Save' }).click()
    },
  },
  {
    name: 'rule with a chain',
    open: async ({ dialog, page, rules, ruleDialog }) => {
      await rules.edit('Git over SSH').click()
      await ruleDialog.route.selectOption('Office proxy')
      await ruleDialog.route.selectOption('A chain of next hops…')
      await dialog.getByLabel('Add a next hop to the chain').selectOption('Branch office, Rotterdam')
      await dialog.getByLabel('Add a next hop to the chain').selectOption('Backup proxy')
      await page.getByText('More options').click()
      await dialog.getByLabel('Go direct as a last resort').check()
    },
  },
  {
    name: 'export for another engine',
    open: async (app) => {
      await app.open('Settings')
      await app.page.getByRole('button', { name: 'Export…' }).click()
      await app.dialog.getByLabel('Format').selectOption('HAProxy')
      await app.dialog.getByLabel('Include the passwords').check()
      await expect(app.dialog.getByRole('heading', { level: 3 }).first()).toBeVisible()
    },
  },
  {
    name: 'condition',
    open: async ({ dialog, page, rules }) => {
      await rules.edit('Git over SSH').click()
      await page.getByRole('button', { name: 'Add condition', exact: true }).click()
      await dialog.last().getByLabel('Only at certain times').check()
      await dialog.last().getByLabel('Client addresses').fill('somewhere')
      await dialog.last().getByRole('button', { name: 'Add condition', exact: true }).click()
    },
  },
  {
    name: 'condition with a chain',
    open: async ({ dialog, page, rules }) => {
      await rules.edit('Git over SSH').click()
      await page.getByRole('button', { name: 'Add condition', exact: true }).click()
      const chain = dialog.last().getByLabel('Add a next hop to the chain')
      await dialog.last().getByLabel('Then take this route').selectOption('A chain of next hops…')
      await chain.selectOption('Office proxy')
      await chain.selectOption('Branch office, Rotterdam')
    },
  },
  {
    name: 'conditions of all rules',
    open: async (app) => {
      await app.open('Settings')
      await app.page.getByRole('button', { name: 'Conditions of all rules…' }).click()
    },
  },
  {
    name: 'explain the route',
    open: async (app) => {
      await app.choose('Git over SSH', 'Explain the route…')
      await expect(app.dialog.getByRole('heading', { name: 'Route', exact: true })).toBeVisible()
      await app.dialog.getByLabel('Client address').fill('nobody')
      await expect(app.dialog).toContainText('Client must be an IP address')
    },
  },
  {
    name: 'replace a next hop',
    open: async (app) => {
      await app.open('Next hops')
      await app.choose('Office proxy', 'Delete')
    },
  },
  {
    name: 'record packets',
    open: async (app) => {
      await app.choose('Git over SSH', 'Record packets…')
      await app.dialog.getByLabel('Ends after (minutes)').fill('0')
      await app.dialog.getByRole('checkbox', { name: 'With passwords' }).check()
    },
  },
  {
    name: 'recordings',
    open: async (app) => {
      await app.choose('Printer', 'Record packets…')
      await app.dialog.getByRole('button', { name: 'Record', exact: true }).click()
      await app.page.getByRole('button', { name: '1 recording is under way' }).click()
      await expect(app.dialog.getByRole('listitem')).toContainText('Printer')
    },
  },
  {
    name: 'totals',
    open: async ({ page }) => {
      await page.getByRole('button', { name: 'Totals', exact: true }).click()
    },
  },
  {
    name: 'problems',
    open: async ({ page }) => {
      await page.locator('button.problems').click()
    },
  },
  { name: 'shortcuts', open: ({ page }) => page.keyboard.press('?') },
  { name: 'palette', open: ({ page }) => page.keyboard.press('ControlOrMeta+k') },
]
