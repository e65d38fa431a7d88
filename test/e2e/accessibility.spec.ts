import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { views } from './pages/app-page.ts'
import { dialogs } from './pages/dialogs.ts'
import { expect, test } from './support/fixtures.ts'
import { startSample } from './support/sample.ts'

const schemes = ['light', 'dark'] as const

/** Every rule of axe, WCAG and best practices. */
async function checkAxe(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${help}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`),
  )
  expect.soft(found, what).toEqual([])
}

for (const colorScheme of schemes) {
  const browser = { colorScheme, reducedMotion: 'reduce' } as const

  test(`nothing bars anybody from a view, ${colorScheme}`, async ({ launch, own }) => {
    const sample = await own(startSample())
    const { app, server } = await launch({ config: sample.config, browser })
    await sample.use(server)
    for (const view of views) {
      await app.open(view)
      if (view === 'Port rules') await app.rules.title('Git over SSH').click()
      if (view === 'Connections') await app.connections.rows.first().locator('button').first().click()
      await checkAxe(app.page, view)
    }
    await app.open('Port rules')
    await app.page.getByRole('checkbox', { name: 'Select all rules' }).check()
    await app.page.getByRole('button', { name: 'More for Git over SSH' }).click()
    await checkAxe(app.page, 'a menu, and rules that are selected')
    await app.page.keyboard.press('Escape')
    await app.choose('Mail', 'Delete')
    await expect(app.toast('Deleted “Mail”')).toBeVisible()
    await checkAxe(app.page, 'a note')
  })

  test(`nothing bars anybody from the first run and from empty views, ${colorScheme}`, async ({ launch }) => {
    const { app } = await launch({ browser })
    for (const view of views) {
      await app.open(view)
      await checkAxe(app.page, `${view}, empty`)
    }
  })

  for (const { name, open } of dialogs) {
    test(`nothing bars anybody from the dialog: ${name}, ${colorScheme}`, async ({ launch, own }) => {
      const sample = await own(startSample())
      const { app } = await launch({ config: sample.config, browser })
      await expect(app.rules.status('Printer')).toContainText('Listening')
      await open(app)
      await expect(app.dialog.last()).toBeVisible()
      await checkAxe(app.page, name)
    })
  }
}

test('nothing bars anybody from the page that asks to log in', async ({ launch }) => {
  const { server, context, complaints } = await launch()
  complaints.allow(/status of 403 .*token=wrong/)
  const page = await context.newPage()
  await page.goto(`${server.origin}/login?token=wrong`)
  await expect(page.getByRole('heading')).toHaveText('Nexthop: log in')
  await checkAxe(page, 'log in')
})

test('a line that is lost is told to everybody', async ({ launch }) => {
  const { app, server, complaints } = await launch({ browser: { reducedMotion: 'reduce' } })
  complaints.allow(/Failed to load resource: net::ERR_/)
  // What is fetched when there is time can be under way.
  complaints.allow(/Couldn't load preload assets/)
  await expect(app.welcome.title).toBeVisible()
  await server.stop()
  await expect(app.banner).toContainText('The line to Nexthop is lost.')
  await checkAxe(app.page, 'a lost line')
})
