import { makeHop, makeRule } from '../support/config.ts'
import { connectTo } from '../support/peer.ts'
import { startEcho } from '../support/targets.ts'
import { freePort } from '../support/tcp-server.ts'
import { expect, test } from './support/fixtures.ts'

test('a backup that was made by itself brings back the configuration, and can be undone', async ({
  launch,
}) => {
  const { app, server } = await launch({
    config: {
      hops: [makeHop({ name: 'Office', port: 1080, user: 'ann', password: 'sesame-1-open' })],
      rules: [makeRule({ name: 'Web', to: 80 })],
    },
  })
  const before = await server.readConfig()
  await app.choose('Web', 'Delete')
  await expect(app.toast('Deleted “Web”')).toBeVisible()
  const changed = await server.readConfig()

  await app.open('Settings')
  await app.page.getByRole('button', { name: 'Restore…' }).click()
  const backups = app.dialog.getByRole('list', { name: 'Backups' }).getByRole('listitem')
  await expect(backups).toHaveCount(1)
  await expect(backups).toContainText('1 next hop, 1 rule')
  await backups.getByRole('button').click()
  await expect(app.toast(/^Restored the backup of /)).toBeVisible()
  expect(await server.readConfig()).toEqual(before)
  await app.undo()
  await expect.poll(() => server.readConfig()).toEqual(changed)
})

test('new next hops and rules start with the defaults of the settings', async ({ launch }) => {
  const { app, server } = await launch({ config: { hops: [makeHop({ name: 'Office', port: 1080 })] } })
  await app.open('Settings')
  const field = (name: string) => app.settings.main.getByLabel(name, { exact: true })
  await field('Retries').fill('4')
  await field('Retries').press('Enter')
  await field('Idle time-out').fill('90')
  await field('Idle time-out').press('Enter')
  await field('Connect time-out').fill('0')
  await field('Connect time-out').press('Enter')
  await expect(field('Connect time-out')).toHaveAccessibleDescription(/must be a whole number from 100 to/)

  // A field that is wrong keeps the focus, and what is typed there is no shortcut.
  await field('Connect time-out').blur()
  await app.page.keyboard.press('h')
  await app.hopDialog.host.fill('10.0.0.9')
  await app.hopDialog.save('Add next hop')
  await expect(app.dialog).toBeHidden()
  await app.open('Port rules')
  await app.rules.add.first().click()
  await app.ruleDialog.fill({ host: 'db.internal', port: 5432, route: 'Office' })
  await app.ruleDialog.save('Add rule')
  await expect(app.dialog).toBeHidden()
  const { hops, rules } = await server.readConfig()
  expect(hops[1]).toMatchObject({ host: '10.0.0.9', retries: 4, connectTimeoutMs: 10_000 })
  expect(rules[0]).toMatchObject({ idleTimeoutMs: 90_000, maxConnections: 0 })
})

test('several connections are closed after a question, which can be switched off', async ({
  launch,
  own,
}) => {
  const echo = await own(startEcho())
  const port = await freePort()
  const { app } = await launch({
    config: { rules: [makeRule({ name: 'Echo', listen: port, to: echo.port, route: { kind: 'direct' } })] },
  })
  await expect(app.rules.status('Echo')).toHaveText('Listening')
  const first = [await own(connectTo(port)), await own(connectTo(port))]
  await expect(app.rules.open('Echo')).toHaveText('2')
  await app.choose('Echo', 'Close 2 connections')
  await expect(app.dialog).toContainText('Close 2 connections?')
  await app.dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(app.rules.open('Echo')).toHaveText('2')

  await app.open('Settings')
  await app.settings.main.getByRole('switch', { name: 'Ask before closing several connections' }).click()
  await app.open('Port rules')
  await app.choose('Echo', 'Close 2 connections')
  await expect(app.toast('Closed 2 connections')).toBeVisible()
  expect(await Promise.all(first.map(({ ending }) => ending))).toEqual(['ECONNRESET', 'ECONNRESET'])
})
