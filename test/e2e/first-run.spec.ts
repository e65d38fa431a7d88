import { startSocksServer } from '../support/socks-server.ts'
import { runPasted, startWebPage } from './support/curl.ts'
import { expect, test } from './support/fixtures.ts'

// One after the other: each takes the free port that the app suggests.
test.describe.configure({ mode: 'default' })

test('from an empty app to curl through a rule, by what the app itself says', async ({ launch, own }) => {
  const web = await own(startWebPage('hello from behind the proxy'))
  const socks = await own(startSocksServer())
  const started = Date.now()
  const { app, server } = await launch()

  await expect(app.welcome.title).toBeVisible()
  await expect(app.welcome.steps).toHaveCount(3)
  await expect(app.welcome.steps.first()).toContainText('Add a next hop')
  await expect(app.welcome.addRule).toBeDisabled()

  await app.welcome.addHop.click()
  await app.hopDialog.url.fill(`socks5h://127.0.0.1:${socks.port}`)
  await expect(app.hopDialog.host).toHaveValue('127.0.0.1')
  await app.hopDialog.save('Add next hop')
  await expect(app.dialog).toBeHidden()
  await expect(app.welcome.steps.first()).toContainText('is ready to be used')

  await app.welcome.addRule.click()
  await app.ruleDialog.fill({ host: 'localhost', port: web.port })
  await app.ruleDialog.save('Add rule')
  await expect(app.dialog).toBeHidden()
  await expect(app.welcome.steps.nth(1)).toContainText(/listens on 127\.0\.0\.1:\d+/)

  const line = await app.welcome.tryLine.innerText()
  expect(line).toMatch(/^curl /)
  expect(await runPasted(line)).toBe('hello from behind the proxy')
  expect(await socks.lastAsk()).toMatchObject({ host: 'localhost', port: web.port, addressType: 'name' })
  expect(Date.now() - started).toBeLessThan(60_000)

  await expect(app.welcome.steps.nth(2)).toContainText('It works: the first connection came through.')
  await app.welcome.finish.click()
  await expect(app.rules.rows).toHaveCount(1)
  await expect(app.rules.status(`localhost:${web.port}`)).toContainText('Listening')
  expect((await server.readConfig()).rules).toHaveLength(1)
})

test('says so where the first connection fails', async ({ launch, own }) => {
  const socks = await own(startSocksServer({ reply: 5 }))
  const { app } = await launch()
  await app.welcome.addHop.click()
  await app.hopDialog.url.fill(`socks5h://127.0.0.1:${socks.port}`)
  await app.hopDialog.save('Add next hop')
  await app.welcome.addRule.click()
  await app.ruleDialog.fill({ host: 'localhost', port: 80, name: 'Web' })
  await app.ruleDialog.save('Add rule')
  const line = await app.welcome.tryLine.innerText()
  expect(await runPasted(line)).toContain('Nexthop could not make this connection (502 Bad Gateway)')
  await expect(app.welcome.steps.nth(2)).toContainText('A connection arrived, but failed.')
})

test('skipping the last step shows the rules', async ({ launch, own }) => {
  const socks = await own(startSocksServer())
  const { app } = await launch()
  await app.welcome.addHop.click()
  await app.hopDialog.url.fill(`socks5h://127.0.0.1:${socks.port}`)
  await app.hopDialog.save('Add next hop')
  await app.welcome.addRule.click()
  await app.ruleDialog.fill({ host: 'localhost', port: 80, name: 'Web' })
  await app.ruleDialog.save('Add rule')
  await app.page.getByRole('button', { name: 'Skip this' }).click()
  await expect(app.rules.row('Web')).toBeVisible()
})
