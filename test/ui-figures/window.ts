import type { Browser } from '@playwright/test'
import { AppPage } from '../e2e/pages/app-page.ts'
import type { ServedNexthop } from '../e2e/support/serve.ts'

export async function openWindow(browser: Browser, server: ServedNexthop): Promise<AppPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' })
  const app = new AppPage(await context.newPage())
  await app.page.goto(await server.newLink())
  await app.isReady()
  return app
}
