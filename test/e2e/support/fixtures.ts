import { expect, test as base, type BrowserContext, type BrowserContextOptions } from '@playwright/test'
import { AppPage } from '../pages/app-page.ts'
import { chromiumPath } from './chromium.ts'
import { startServe, type ServedNexthop, type ServeOptions } from './serve.ts'
import { watchPages, type Complaints } from './watched-page.ts'

export { expect }

/** One browser with one window. */
export interface Opened {
  readonly app: AppPage
  readonly context: BrowserContext
  readonly complaints: Complaints
  /** Another tab of the same browser, which shares its login. */
  readonly openTab: (url: string) => Promise<AppPage>
}

export interface Launched extends Opened {
  readonly server: ServedNexthop
  readonly openWindow: () => Promise<Opened>
}

export interface LaunchOptions extends ServeOptions {
  readonly browser?: BrowserContextOptions
}

interface Fixtures {
  readonly needsChromium: undefined
  /** Takes over something that is to be closed when the test ends; the last one first. */
  readonly own: <T extends { close(): Promise<unknown> }>(thing: T | Promise<T>) => Promise<T>
  /** Starts `nexthop serve` on a config, and opens its link. */
  readonly launch: (options?: LaunchOptions) => Promise<Launched>
}

/* eslint-disable no-empty-pattern -- Playwright reads from the pattern which fixtures a function wants */

/** Every test fails on any console error, page error, CSP violation and request to elsewhere. */
export const test = base.extend<Fixtures>({
  needsChromium: [
    async ({}, use, info) => {
      info.skip(chromiumPath === undefined, 'there is no Chromium here; CHROMIUM can name one')
      await use(undefined)
    },
    { auto: true },
  ],

  own: async ({}, use) => {
    const things: { close(): Promise<unknown> }[] = []
    await use(async (thing) => {
      const owned = await thing
      things.push(owned)
      return owned
    })
    for (const thing of things.reverse()) await thing.close()
  },

  launch: async ({ browser, own }, use) => {
    const watched: Complaints[] = []
    await use(async ({ browser: browserOptions, ...options } = {}) => {
      const server = await own(startServe(options))
      const openWindow = async () => {
        const context = await own(browser.newContext(browserOptions))
        const complaints = await watchPages(context, server.origin)
        watched.push(complaints)
        const openTab = async (url: string) => {
          const app = new AppPage(await context.newPage())
          await app.page.goto(url)
          await app.isReady()
          return app
        }
        const app = await openTab(await server.newLink())
        return { app, context, complaints, openTab }
      }
      return { server, openWindow, ...(await openWindow()) }
    })
    expect(
      watched.flatMap(({ all }) => all),
      'what the pages complained about',
    ).toEqual([])
  },
})
