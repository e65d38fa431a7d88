import type { Page } from '@playwright/test'
import { dialogs } from './pages/dialogs.ts'
import { views } from './pages/app-page.ts'
import { expect, test } from './support/fixtures.ts'
import { cutTexts, layoutProblems } from './support/layout.ts'
import { startSample } from './support/sample.ts'

const widths = [320, 400, 560, 720, 900, 1180, 1440, 2560]

/** Looks at the layout in every width. */
async function checkWidths(page: Page, what: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: width < 500 ? 640 : 900 })
    expect.soft(await layoutProblems(page), `${what} at ${width} px`).toEqual([])
  }
}

test('every view fits from 320 to 2560 px', async ({ launch, own }) => {
  const sample = await own(startSample())
  const { app, server } = await launch({ config: sample.config })
  await sample.use(server)
  await app.rules.title('Production database').click()
  for (const view of views) {
    await app.page.setViewportSize({ width: 1280, height: 800 })
    await app.open(view)
    if (view === 'Connections') await app.connections.rows.first().locator('button').first().click()
    await checkWidths(app.page, view)
  }
})

test('the first run fits', async ({ launch }) => {
  const { app } = await launch()
  await checkWidths(app.page, 'welcome')
})

for (const { name, open } of dialogs) {
  test(`the dialog fits: ${name}`, async ({ launch, own }) => {
    const sample = await own(startSample())
    const { app } = await launch({ config: sample.config })
    await expect(app.rules.status('Printer')).toContainText('Listening')
    await open(app)
    await expect(app.dialog.last()).toBeVisible()
    await checkWidths(app.page, name)
  })
}

test('in German, too', async ({ launch, own }) => {
  const sample = await own(startSample())
  const { app } = await launch({
    config: { ...sample.config, settings: { language: 'de' } },
  })
  const links = app.page.getByRole('navigation').getByRole('link')
  for (let index = 0; index < views.length; index += 1) {
    await app.page.setViewportSize({ width: 1280, height: 800 })
    await links.nth(index).click()
    await checkWidths(app.page, `German, view ${index + 1}`)
  }
})

const recordWords = {
  en: ['More for Printer', 'Record packets…', 'Record'],
  de: ['Mehr zu Printer', 'Pakete aufzeichnen…', 'Aufzeichnen'],
} as const

for (const language of ['en', 'de'] as const) {
  test(`the header cuts nothing, with problems and a recording in it (${language})`, async ({
    launch,
    own,
  }) => {
    const sample = await own(startSample())
    const { app } = await launch({ config: { ...sample.config, settings: { language } } })
    const [more, item, record] = recordWords[language]
    await app.page.getByRole('button', { name: more }).click()
    await app.page.getByRole('menuitem', { name: item }).click()
    await app.dialog.getByRole('button', { name: record, exact: true }).click()
    await expect(app.page.locator('button.problems')).toBeVisible()
    await expect(app.page.locator('button.recording')).toBeVisible()
    for (const width of [1440, 1280, 1241, 1024, 1021, 901, 900, 340]) {
      await app.page.setViewportSize({ width, height: 640 })
      expect.soft(await cutTexts(app.page, 'header'), `at ${width} px`).toEqual([])
    }
  })
}
