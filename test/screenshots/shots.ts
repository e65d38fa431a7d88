import { expect } from '@playwright/test'
import type { AppPage } from '../e2e/pages/app-page.ts'

/** One picture: how to get there, and how to get away from it. */
export interface Shot {
  readonly name: string
  readonly show: (app: AppPage) => Promise<void>
  readonly leave?: (app: AppPage) => Promise<void>
  /** Of the window, where it is not the usual one. */
  readonly width?: number
}

const escape = ({ page }: AppPage) => page.keyboard.press('Escape')

export const shots: readonly Shot[] = [
  { name: 'rules', show: (app) => app.open('Port rules') },
  {
    name: 'rule-details',
    show: async (app) => {
      await app.rules.title('Production database').click()
      await expect(app.rules.detail()).toBeVisible()
    },
    leave: (app) => app.rules.title('Production database').click(),
  },
  {
    name: 'rule-form',
    show: async (app) => {
      await app.rules.edit('Intranet').click()
      await expect(app.dialog).toBeVisible()
    },
    leave: escape,
  },
  {
    name: 'hops',
    show: async (app) => {
      await app.open('Next hops')
      await expect(app.hops.table).toBeVisible()
    },
  },
  {
    name: 'hop-test',
    show: async (app) => {
      await app.hops.test('Amsterdam office').click()
      await app.hopDialog.target.fill('db.ams.example.com:5432')
      await app.hopDialog.test.click()
      await expect(app.hopDialog.verdict).toBeVisible()
    },
    leave: escape,
  },
  {
    name: 'connections',
    show: async (app) => {
      await app.open('Connections')
      await app.connections.title('db.ams.example.com:5432').first().click()
      await expect(app.connections.details).toBeVisible()
    },
    leave: escape,
  },
  {
    name: 'log',
    show: async (app) => {
      await app.open('Log')
      await expect(app.log.entries.first()).toBeVisible()
    },
  },
  { name: 'settings', show: (app) => app.open('Settings') },
  {
    name: 'palette',
    show: async (app) => {
      await app.open('Port rules')
      await app.page.keyboard.press('ControlOrMeta+k')
      await expect(app.dialog).toBeVisible()
    },
    leave: escape,
  },
  { name: 'narrow', width: 390, show: (app) => app.open('Port rules') },
]

/** Of an app that nothing was set up in yet. */
export const welcomeShot: Shot = {
  name: 'welcome',
  show: (app) => expect(app.welcome.title).toBeVisible(),
}
