import { makeHop, makeRule } from '../support/config.ts'
import { expect, test } from './support/fixtures.ts'

// What is wrong, in the language of the window. Who finds it, the form or the app, must not show.

const config = {
  hops: [makeHop({ id: 'office', name: 'Office', port: 1080 })],
  rules: [makeRule({ to: 80, listen: 9155, name: 'First', route: { kind: 'hop', hopId: 'office' } })],
}

test('a German form says in German what is wrong', async ({ launch }) => {
  const { app } = await launch({ config, browser: { locale: 'de-DE' } })
  const { page } = app
  await page.getByRole('button', { name: 'Regel hinzufügen' }).click()
  await page.getByLabel('Lokaler Port').fill('9155')
  await page.getByLabel('Zielrechner').fill('bad host')
  await page.getByLabel('Zielport').fill('0')
  await page.getByRole('button', { name: 'Regel hinzufügen' }).last().click()
  const said = (label: string) => expect(page.getByLabel(label, { exact: true }))
  await said('Zielrechner').toHaveAccessibleDescription(/„bad host“ ist kein Rechnername/)
  await said('Zielport').toHaveAccessibleDescription(/muss eine ganze Zahl von 1 bis 65535 sein/)
  await page.getByLabel('Zielrechner').fill('web.example')
  await page.getByLabel('Zielport').fill('80')
  await said('Lokaler Port').toHaveAccessibleDescription(
    /Auf 127\.0\.0\.1:9155 lauscht schon die Regel „First“/,
  )
})

test('what the app refuses is German, too', async ({ launch }) => {
  const { app } = await launch({ config, browser: { locale: 'de-DE' } })
  await app.page.getByRole('button', { name: 'Profile' }).click()
  await app.page.getByRole('menuitem', { name: 'Als neues Profil sichern…' }).click()
  await app.page.getByLabel('Name').fill(' ')
  await app.page.getByRole('button', { name: 'Profil sichern' }).click()
  await expect(app.page.getByText('„Name“ ist leer: einen Namen eingeben.')).toBeVisible()
})
