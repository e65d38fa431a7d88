import { readFile } from 'node:fs/promises'
import { makeRule } from '../support/config.ts'
import { expect, test } from './support/fixtures.ts'

const rules = [makeRule({ name: 'Web', to: 80, route: { kind: 'direct' } })]

test('the log is live, can be filtered, copied and saved', async ({ launch }) => {
  const { app, context } = await launch({ config: { rules } })
  await app.open('Log')
  await expect(app.log.entries.filter({ hasText: 'Web: listening on 127.0.0.1:' })).toHaveCount(1)
  await app.forwarding.click()
  await expect(app.log.entries.last()).toContainText(/Web|orwarding/)
  await app.log.search.fill('listening on')
  await expect(app.log.entries).toHaveCount(1)
  await app.log.level.selectOption('Errors only')
  await expect(app.page.getByRole('main')).toContainText('No entry matches the filter.')
  await app.log.level.selectOption('Everything')

  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await app.log.copy.click()
  await expect(app.toast('Copied 1 entry')).toBeVisible()
  expect(await app.page.evaluate(() => navigator.clipboard.readText())).toMatch(
    /Web: listening on 127\.0\.0\.1:\d+/,
  )
  const downloading = app.page.waitForEvent('download')
  await app.log.save.click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('nexthop.log')
  expect(await readFile(await download.path(), 'utf8')).toContain('Web: listening on')
})

test('theme and language apply at once, and stay', async ({ launch }) => {
  const { app, server } = await launch({ config: { rules }, browser: { colorScheme: 'light' } })
  const background = () => app.page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await background()
  await app.open('Settings')
  await app.settings.theme('Dark').check()
  await expect.poll(background).not.toBe(light)
  const dark = await background()
  await app.settings.theme('System').check()
  await expect.poll(background).toBe(light)
  await app.page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(background).toBe(dark)
  await app.settings.theme('Light').check()
  await expect.poll(background).toBe(light)

  await app.settings.language('Deutsch').check()
  await expect(app.page.locator('html')).toHaveAttribute('lang', 'de')
  await expect(app.page.getByRole('heading', { level: 1 })).toHaveText('Einstellungen')
  await app.page.reload()
  await expect(app.page.getByRole('heading', { level: 1 })).toHaveText('Einstellungen')
  expect((await server.readConfig()).settings).toMatchObject({ theme: 'light', language: 'de' })
  await app.settings.language('English').check()
  await expect(app.page.getByRole('heading', { level: 1 })).toHaveText('Settings')
})

test('numbers are checked where they are typed', async ({ launch }) => {
  const { app, server } = await launch({ config: { rules } })
  await app.open('Settings')
  await app.settings.drain.fill('-1')
  await app.settings.drain.press('Enter')
  await expect(app.settings.drain).toHaveAccessibleDescription(/must be a whole number from 0 to/)
  await app.settings.drain.fill('7')
  await app.settings.drain.press('Enter')
  await expect.poll(async () => (await server.readConfig()).settings.drainMs).toBe(7000)
  await app.settings.logLevel.selectOption('Everything')
  await expect.poll(async () => (await server.readConfig()).settings.logLevel).toBe('debug')
})

test('the number of threads can be chosen, and be left to Nexthop', async ({ launch }) => {
  const { app, server } = await launch({ config: { rules } })
  const saved = async () => (await server.readConfig()).settings.threads
  await app.open('Settings')
  await expect(app.settings.threads).toHaveValue('automatic')
  await app.settings.threads.selectOption('3')
  await expect.poll(saved).toBe(3)
  await app.settings.threads.selectOption('Automatic')
  await expect.poll(saved).toBe('automatic')
})

test('the page a browser prefers German for is in German', async ({ launch }) => {
  const { app } = await launch({ browser: { locale: 'de-DE' } })
  await expect(app.page.getByRole('heading', { level: 1 })).toHaveText('Willkommen bei Nexthop')
})
