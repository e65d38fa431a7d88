import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeConfig, makeHop, makeRule } from '../support/config.ts'
import { mustRun } from '../support/process.ts'
import { startSocksServer } from '../support/socks-server.ts'
import { freePort } from '../support/tcp-server.ts'
import { tool } from '../support/tools.ts'
import { startWebPage } from './support/curl.ts'
import { expect, test } from './support/fixtures.ts'
import { browseSite, startSiteBehindSocks } from './support/site.ts'

test('the Next-Hop Proxy set and one hop are a working rule on 9102 in under five clicks', async ({
  launch,
  own,
}) => {
  const web = await own(startWebPage('hello from behind the gateway'))
  const socks = await own(startSocksServer())
  const { app, server } = await launch()
  let clicks = 0
  const click = async (name: string | RegExp) => {
    clicks += 1
    await app.page.getByRole('button', { name }).click()
  }

  await click('Add from library')
  await click(/^Next-Hop Proxy/)
  const hop = app.dialog.getByRole('group', { name: 'Next hop 1' })
  await hop.getByLabel('Name').fill('Office')
  await hop.getByLabel('Host or IP address').fill('127.0.0.1')
  await hop.getByLabel('Port', { exact: true }).fill(String(socks.port))
  await expect(app.dialog).toContainText('Office, SOCKS Next-Hop, Next-Hop Proxy')
  expect((await server.readConfig()).rules).toEqual([])
  await click(/^Add$/)
  await expect(app.toast('Added Next-Hop Proxy')).toBeVisible()
  expect(clicks).toBeLessThan(5)

  await expect(app.rules.status('Next-Hop Proxy')).toContainText('Listening')
  const proxy = ['-sS', '-x', 'http://127.0.0.1:9102', `http://localhost:${web.port}/`]
  expect(await mustRun(tool('curl'), proxy)).toBe('hello from behind the gateway')
  expect(await socks.lastAsk()).toMatchObject({ host: 'localhost', port: web.port })

  await app.undo()
  await expect(app.welcome.title).toBeVisible()
  expect((await server.readConfig()).hops).toEqual([])
})

test('a set shows its mistakes where they are, and takes hops that are there', async ({ launch }) => {
  const rules = [makeRule({ name: 'Web', listen: 0, to: 80, route: { kind: 'direct' } })]
  const { app, server } = await launch({ config: { hops: [makeHop({ name: 'Lab', port: 1080 })], rules } })
  await app.page.getByRole('button', { name: 'Add from library' }).click()
  await app.page.getByRole('button', { name: /^Database through a bastion/ }).click()
  const hop = app.dialog.getByLabel('SOCKS proxy of the bastion')
  await expect(hop).toHaveValue('hop')
  await expect(app.dialog.getByText('SOCKS proxy of the bastion')).toHaveCount(1)
  await hop.selectOption('A new next hop')
  await app.dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(app.dialog.getByLabel('Database')).toHaveAccessibleDescription('Database is missing')
  await expect(app.dialog.getByLabel('Host or IP address')).toHaveAccessibleDescription(/is empty/)

  await hop.selectOption('Lab')
  await app.dialog.getByLabel('Database').fill('db.internal:5432')
  await app.dialog.getByLabel('Port on this machine').fill('15432')
  await expect(app.dialog.getByLabel('Database')).not.toHaveAccessibleDescription('Database is missing')
  await app.dialog.getByLabel('Port on this machine').press('Enter')
  await expect(app.toast('Added Database through a bastion')).toBeVisible()
  const config = await server.readConfig()
  expect(config.hops.map(({ name }) => name)).toEqual(['Lab'])
  expect(config.rules[1]).toMatchObject({
    name: 'db.internal',
    listen: { port: 15432 },
    route: { kind: 'hop', hopId: 'hop' },
  })
})

test('the set for browsers serves Chromium, to an HTTPS site, too', async ({ launch, own, browser }) => {
  const socks = await own(startSiteBehindSocks())
  const { app } = await launch({ config: { hops: [makeHop({ name: 'Office', port: socks.port })] } })
  const port = await freePort()
  await app.page.getByRole('button', { name: 'Add from library' }).first().click()
  await app.page.getByRole('button', { name: /^One port for browsers/ }).click()
  await expect(app.dialog.getByText('Next hop', { exact: true })).toHaveCount(1)
  await app.dialog.getByLabel('Next hop', { exact: true }).selectOption('Office')
  await app.dialog.getByLabel('Port on this machine').fill(String(port))
  await app.dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(app.rules.status('Browsers')).toHaveText('Listening')
  for (const scheme of ['http', 'socks5']) await browseSite(browser, `${scheme}://127.0.0.1:${port}`)
  expect(new Set(socks.asks.map(({ host }) => host))).toEqual(new Set(['shop.example', 'other.example']))
})

test('rules are kept as a set of one’s own, and a set comes from a file', async ({ launch }) => {
  const hops = [makeHop({ name: 'Lab', port: 1080, user: 'ann', password: 'topsecret' })]
  const rules = [makeRule({ name: 'Web', listen: 19108, to: 80 })]
  const { app, server } = await launch({ config: { hops, rules } })
  await app.rules.pick('Web').check()
  await app.page.getByRole('button', { name: 'Save as rule set' }).click()
  await app.dialog.getByLabel('Name').fill('My lab')
  await app.dialog.getByRole('button', { name: 'Keep in my library' }).click()
  await expect(app.toast('"My lab" is in your library')).toBeVisible()
  await app.page.getByRole('button', { name: 'Clear the selection' }).click()

  await app.page.getByRole('button', { name: 'Add from library' }).click()
  await app.page.getByRole('button', { name: /^My lab \(yours\)/ }).click()
  await expect(app.dialog.getByLabel('Password of Lab')).toBeVisible()
  await app.dialog.getByRole('button', { name: 'All sets' }).click()
  await app.page.getByRole('button', { name: 'Remove My lab from the library' }).click()
  await expect(app.page.getByRole('button', { name: /^My lab/ })).toHaveCount(0)

  const file = join(dirname(server.configPath), 'shared.json')
  await writeFile(
    file,
    JSON.stringify({ nexthopSet: 1, id: 'shared', name: 'Shared set', summary: 'From a friend' }),
  )
  await app.page.getByLabel('File of a rule set').setInputFiles(file)
  await expect(app.page.getByRole('button', { name: /^Shared set \(yours\)/ })).toBeVisible()
})

test('profiles are saved and switched between', async ({ launch }) => {
  const rules = [
    makeRule({ id: 'home', name: 'Home', listen: 0, to: 80, route: { kind: 'direct' } }),
    makeRule({ id: 'office', name: 'Office', listen: 0, to: 80, route: { kind: 'direct' }, enabled: false }),
  ]
  const { app, server } = await launch({ config: makeConfig({ rules }) })
  const menu = app.page.getByRole('button', { name: 'Profiles' })
  const save = async (name: string) => {
    await menu.click()
    await app.page.getByRole('menuitem', { name: 'Save as new profile…' }).click()
    await app.dialog.getByLabel('Name').fill(name)
    await app.dialog.getByRole('button', { name: 'Save profile' }).click()
    await expect(app.toast(`${name} is in use`)).toBeVisible()
  }
  await save('At home')
  await app.rules.switch('Home').click()
  await app.rules.switch('Office').click()
  await expect(app.rules.status('Office')).toContainText('Listening')
  await save('At the office')

  await menu.click()
  await app.page.getByRole('menuitem', { name: 'Switch to At home' }).click()
  await expect(app.rules.status('Home')).toContainText('Listening')
  await expect(app.rules.status('Office')).toContainText('Off')
  await expect(app.page.getByText('Profile: At home')).toBeVisible()
  expect((await server.readConfig()).profiles.map(({ name }) => name)).toEqual(['At home', 'At the office'])

  await menu.click()
  await app.page.getByRole('menuitem', { name: 'Delete At home' }).click()
  await expect(app.toast('Deleted the profile At home')).toBeVisible()
  expect((await server.readConfig()).profiles).toHaveLength(1)
})
