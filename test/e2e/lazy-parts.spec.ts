import { makeRule } from '../support/config.ts'
import { expect, test } from './support/fixtures.ts'

const rules = [makeRule({ name: 'Web', to: 80, route: { kind: 'direct' } })]

test('a view or dialog whose code can not be fetched says so, and comes with another try', async ({
  launch,
}) => {
  const { openWindow } = await launch({ config: { rules } })
  const { app, context, complaints } = await openWindow()
  complaints.allow(/Failed to load resource: net::ERR_FAILED/)
  await context.route(/\/(LogView|RuleDialog)[^/]*\.js$/, (route) => route.abort())
  await app.page.reload()

  await app.open('Log')
  const alert = app.page.getByRole('main').getByRole('alert')
  await expect(alert).toContainText('This part of Nexthop could not be loaded')
  await app.open('Port rules')
  await app.rules.add.click()
  await expect(app.toast(/^This part of Nexthop could not be loaded/)).toBeVisible()
  await expect(app.dialog).toBeHidden()

  await context.unroute(/\/(LogView|RuleDialog)[^/]*\.js$/)
  await app.rules.add.click()
  await expect(app.ruleDialog.name).toBeVisible()
  await app.page.keyboard.press('Escape')
  await app.open('Log')
  await expect(app.log.entries.filter({ hasText: 'Web: listening' })).toHaveCount(1)
})

test('everything is there soon after the start, without another request', async ({ launch }) => {
  const { app, complaints, server } = await launch({ config: { rules } })
  complaints.allow(/Failed to load resource: net::ERR_/)
  await app.page.waitForFunction(() => {
    const names = performance.getEntriesByType('resource').map(({ name }) => name)
    return ['SettingsView', 'ShortcutsSheet', 'LogView'].every((part) =>
      names.some((name) => name.includes(part)),
    )
  })
  await server.stop()
  await app.open('Settings')
  await expect(app.page.getByRole('main').getByRole('heading', { level: 1 })).toHaveText('Settings')
})
