import type { PortRuleInput } from '../../shared/model/port-rule.ts'
import { makeHop, makeRule } from '../support/config.ts'
import { freePort } from '../support/tcp-server.ts'
import { browseSite, startSiteBehindSocks } from './support/site.ts'
import { expect, test } from './support/fixtures.ts'

test('one port for browsers: Chromium browses through a rule, as HTTP and as SOCKS proxy', async ({
  launch,
  own,
  browser,
}) => {
  const socks = await own(startSiteBehindSocks())
  const { app } = await launch({ config: { hops: [makeHop({ name: 'Office', port: socks.port })] } })
  const port = await freePort()
  await app.rules.add.first().click()
  await app.ruleDialog.fill({ listenPort: port, name: 'Browsers' })
  await app.ruleDialog.destination.selectOption('What SOCKS or HTTP proxy clients ask for')
  await app.ruleDialog.save('Add rule')
  await expect(app.rules.status('Browsers')).toHaveText('Listening')
  await expect(app.rules.row('Browsers')).toContainText('what SOCKS and HTTP clients ask for')

  for (const scheme of ['http', 'socks5']) await browseSite(browser, `${scheme}://127.0.0.1:${port}`)
  expect(new Set(socks.asks.map(({ host }) => host))).toEqual(new Set(['shop.example', 'other.example']))
})

const kinds: Record<string, Partial<PortRuleInput> & { destination: PortRuleInput['destination'] }> = {
  Range: { destination: { kind: 'range', host: 'db.internal', port: 5000, count: 3 } },
  Names: {
    destination: {
      kind: 'sniff',
      port: 8443,
      allowed: ['example.com', '*.example.com'],
      fallback: { host: 'web.internal', port: 443 },
    },
    identifyTimeoutMs: 2500,
  },
  'Plain names': { destination: { kind: 'sniff', allowed: [] } },
  Proxy: { destination: { kind: 'proxy', protocols: ['http'], allowed: ['10.0.0.0/8'] } },
  Header: { destination: { kind: 'header', allowed: [] }, receiveProxyHeader: true, sendProxyHeader: 'v2' },
}

test('the form shows every kind of destination, and keeps what it shows', async ({ launch }) => {
  const route = { kind: 'direct' } as const
  const rules: PortRuleInput[] = []
  for (const [name, fields] of Object.entries(kinds)) {
    const listen = { kind: 'tcp' as const, host: '127.0.0.1', port: await freePort() }
    rules.push({
      ...makeRule({ id: name.replace(' ', '-'), to: 1, route }),
      name,
      listen,
      ...fields,
      enabled: false,
    })
  }
  const { app, server } = await launch({ config: { rules } })
  const texts: Record<string, string> = {
    Range: 'db.internal:5000-5002',
    Names: 'by TLS or HTTP name, else web.internal:443',
    'Plain names': 'by TLS or HTTP name',
    Proxy: 'what HTTP proxy clients ask for',
    Header: 'what the PROXY header tells',
  }
  const { rules: before } = await server.readConfig()
  for (const name of Object.keys(kinds)) {
    await expect(app.rules.row(name)).toContainText(texts[name] ?? '')
    await app.rules.edit(name).click()
    await app.ruleDialog.fill({ name: `${name} again` })
    await app.ruleDialog.save('Save')
    await expect(app.rules.row(`${name} again`)).toContainText(texts[name] ?? '')
    await app.rules.title(`${name} again`).click()
    await expect(app.rules.detail()).toBeVisible()
    await app.rules.title(`${name} again`).click()
  }
  const { rules: after } = await server.readConfig()
  expect(after).toEqual(before.map((rule) => ({ ...rule, name: `${rule.name} again` })))
})

test('mistakes are told where they are', async ({ launch }) => {
  const { app } = await launch({ config: { hops: [makeHop({ port: 1080 })] } })
  await app.rules.add.first().click()
  await app.ruleDialog.destination.selectOption('Found by TLS or HTTP name')
  await app.dialog.getByLabel('Allowed destinations').fill('*.example.com\nnot a name!')
  await app.dialog.getByLabel('Default host').fill('web.internal')
  await app.ruleDialog.save('Add rule')
  await expect(app.dialog.getByLabel('Allowed destinations')).toHaveAccessibleDescription(
    /Allowed destination "name!" is not a name/,
  )
  await expect(app.dialog.getByLabel('Default port')).toHaveAccessibleDescription(/Default port must be/)
  await expect(app.ruleDialog.name).toHaveAccessibleDescription(/Name is empty/)
  await app.ruleDialog.destination.selectOption('What SOCKS or HTTP proxy clients ask for')
  await app.dialog.getByLabel('SOCKS4, 4a and 5').uncheck()
  await app.dialog.getByLabel('HTTP proxy', { exact: true }).uncheck()
  await expect(app.dialog).toContainText('Proxy protocols is empty: choose "socks", "http" or both')
})

test('in German, too', async ({ launch }) => {
  const { app } = await launch({ config: { hops: [makeHop({ port: 1080 })], settings: { language: 'de' } } })
  await app.page.getByRole('main').getByRole('button', { name: 'Regel' }).first().click()
  const select = app.dialog.getByLabel('Ziel', { exact: true })
  await select.selectOption('Nach TLS- oder HTTP-Namen')
  await expect(app.dialog.getByLabel('Erlaubte Ziele')).toBeVisible()
})
