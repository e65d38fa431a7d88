import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { setTimeout as pause } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { AppPage } from '../e2e/pages/app-page.ts'
import { chromiumArgs, chromiumPath } from '../e2e/support/chromium.ts'
import { startServe } from '../e2e/support/serve.ts'
import { exampleOffice } from './example-office.ts'
import { openOffice } from './office-traffic.ts'
import { shots, welcomeShot, type Shot } from './shots.ts'

// npm run screenshots [seconds]: pictures of every view, light and dark, from the running app, with traffic that has
// gone on for so many seconds. Linux only, where all of 127.0.0.0/8 is this machine.

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))
const seconds = Number(process.argv[2] ?? 240)
const schemes = ['light', 'dark'] as const
const size = { width: 1280, height: 800 }

if (chromiumPath === undefined) throw new Error('there is no Chromium here; CHROMIUM can name one')
await mkdir(folder, { recursive: true })
const names = fileURLToPath(new URL('example-names.mjs', import.meta.url))
const browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumArgs] })
const office = await openOffice()
const env = { NODE_OPTIONS: `--import=${names}` }
const server = await startServe({ config: exampleOffice, env })
const empty = await startServe()

async function openApp(colorScheme: 'light' | 'dark', link: string): Promise<AppPage> {
  const context = await browser.newContext({
    viewport: size,
    deviceScaleFactor: 1.5,
    colorScheme,
    locale: 'en-US',
    reducedMotion: 'reduce',
  })
  const app = new AppPage(await context.newPage())
  await app.page.goto(link)
  await app.isReady()
  return app
}

async function take(app: AppPage, { name, show, leave, width }: Shot, scheme: string): Promise<void> {
  await app.page.setViewportSize({ ...size, ...(width !== undefined && { width }) })
  await show(app)
  await app.page.mouse.move(0, 0)
  // A ring around what the script used last would look like a state of the app.
  if (await app.dialog.isHidden())
    await app.page.evaluate(() => (document.activeElement as HTMLElement).blur())
  const path = `${folder}${name}-${scheme}.png`
  await app.page.screenshot({ path })
  console.log(path)
  await leave?.(app)
}

try {
  const apps: AppPage[] = []
  for (const scheme of schemes) apps.push(await openApp(scheme, await server.newLink()))
  await office.startTraffic()
  console.log(`Traffic for ${seconds} s …`)
  await pause(seconds * 1000)
  for (const [index, scheme] of schemes.entries()) {
    for (const shot of shots) await take(apps[index] as AppPage, shot, scheme)
    await take(await openApp(scheme, await empty.newLink()), welcomeShot, scheme)
  }
} finally {
  await browser.close()
  await Promise.all([server.close(), empty.close()])
  await office.close()
}
