import { makeHop, makeRule } from '../support/config.ts'
import { startSocksServer } from '../support/socks-server.ts'
import { foreignAnswers } from '../support/socks-script.ts'
import { freePort } from '../support/tcp-server.ts'
import { expect, test } from './support/fixtures.ts'

test('a URL that is pasted into the view opens the form, filled in', async ({ launch }) => {
  const { app, server } = await launch({ config: { hops: [makeHop({ port: 1080 })] } })
  await app.open('Next hops')
  await expect(app.hops.add).toBeVisible()
  await app.page.evaluate((url) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text', url)
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  }, 'socks5h://ann:s%20cret@proxy.example.com:1081')
  await expect(app.hopDialog.host).toHaveValue('proxy.example.com')
  await expect(app.hopDialog.port).toHaveValue('1081')
  await expect(app.hopDialog.version('5')).toBeChecked()
  await app.hopDialog.name.fill('Office')
  await app.hopDialog.save('Add next hop')

  const row = app.hops.row('Office')
  await expect(row).toContainText('proxy.example.com:1081')
  await expect(row).toContainText('User, password')
  await expect(app.hops.health('Office')).toHaveText('Not used yet')
  const [, saved] = (await server.readConfig()).hops
  expect(saved).toMatchObject({ user: 'ann', password: 's cret', resolveAt: 'hop' })
  await expect(app.page.locator('body')).not.toContainText('s cret')
})

test('a URL that is not one says what is missing', async ({ launch }) => {
  const { app } = await launch()
  await app.welcome.addHop.click()
  await app.hopDialog.url.fill('ftp://10.0.0.5:1080')
  await expect(app.dialog).toContainText('Not yet: "ftp://" is not a scheme of next hops')
  await app.hopDialog.url.fill('socks4://10.0.0.5:1085')
  await expect(app.hopDialog.host).toHaveValue('10.0.0.5')
  await expect(app.hopDialog.version('4')).toBeChecked()
})

test('an HTTP proxy and TLS to the hop come from a URL, or are chosen', async ({ launch }) => {
  const { app, server } = await launch({ config: { hops: [makeHop({ port: 1080 })] } })
  await app.open('Next hops')
  await app.hops.add.click()
  await app.hopDialog.url.fill('https://gateway.example.com')
  await expect(app.hopDialog.port).toHaveValue('443')
  const [http, tls] = [
    app.dialog.getByLabel('HTTP', { exact: true }),
    app.dialog.getByLabel('Secured with TLS'),
  ]
  await expect(http).toBeChecked()
  await expect(tls).toBeChecked()
  await app.hopDialog.name.fill('Gateway')
  await app.hopDialog.save('Add next hop')
  await expect(app.hops.row('Gateway')).toContainText('HTTP + TLS')
  expect((await server.readConfig()).hops[1]).toMatchObject({ protocol: 'http', tls: { verify: true } })

  await app.hops.title('Gateway').click()
  await app.hopDialog.version('4a').check({ force: true })
  await tls.uncheck()
  await app.hopDialog.save('Save')
  await expect(app.hops.row('Gateway')).toContainText('SOCKS4a')
  const [, saved] = (await server.readConfig()).hops
  expect(saved).toMatchObject({ protocol: 'socks', version: '4a' })
  expect(saved).not.toHaveProperty('tls')
})

test('mistakes are told at their fields, and nothing is saved', async ({ launch }) => {
  const { app, server } = await launch()
  await app.welcome.addHop.click()
  await app.hopDialog.port.fill('99999')
  await app.hopDialog.save('Add next hop')
  await expect(app.hopDialog.host).toHaveAccessibleDescription(/^Host is empty: give a name or an IP address/)
  await expect(app.hopDialog.port).toHaveAccessibleDescription(/whole number from 1 to 65535/)
  await expect(app.hopDialog.host).toBeFocused()
  expect((await server.readConfig()).hops).toEqual([])
})

test('a good hop is tested with its stages', async ({ launch, own }) => {
  const socks = await own(startSocksServer({ login: { user: 'ann', password: 'secret' } }))
  const target = await own(startSocksServer())
  const hop = makeHop({ name: 'Office', port: socks.port, user: 'ann', password: 'secret' })
  const { app } = await launch({ config: { hops: [hop] } })
  await app.open('Next hops')
  await app.hops.test('Office').click()
  await expect(app.hopDialog.verdict).toContainText(/It works\. The whole test took \d/)
  await expect(app.hopDialog.stages).toHaveCount(3)
  await expect(app.hopDialog.stages).toContainText(['Connect', 'SOCKS greeting', 'Login'])

  await app.hopDialog.target.fill(`127.0.0.1:${target.port}`)
  await app.hopDialog.test.click()
  await expect(app.hopDialog.stages).toContainText(['Connect', 'SOCKS greeting', 'Login', 'Request'])
  await expect(app.hopDialog.verdict).toContainText('It works.')
  expect(await socks.lastAsk()).toMatchObject({ port: target.port, login: { user: 'ann' } })
})

test('stages show as they happen, and a test can be stopped', async ({ launch, own }) => {
  const socks = await own(startSocksServer({ at: { greeting: { then: 'stall' } } }))
  const { app } = await launch({ config: { hops: [makeHop({ name: 'Mute', port: socks.port })] } })
  await app.open('Next hops')
  await app.hops.test('Mute').click()
  await expect(app.hopDialog.stages).toContainText(['Connect', 'SOCKS greeting'])
  await expect(app.hopDialog.result).toHaveAttribute('aria-busy', 'true')
  await app.hopDialog.result.getByRole('button', { name: 'Stop' }).click()
  await expect(app.hopDialog.result).toBeHidden()
  await expect(app.hopDialog.test).toBeEnabled()
})

test('a bad hop is told apart from one that is not there, with the remedy', async ({ launch, own }) => {
  const http = await own(startSocksServer({ at: { accept: { send: foreignAnswers.http, then: 'end' } } }))
  const closed = await freePort()
  const { app } = await launch({
    config: {
      hops: [
        makeHop({ id: 'web', name: 'Web', port: http.port }),
        makeHop({ id: 'gone', name: 'Gone', port: closed }),
      ],
    },
  })
  await app.open('Next hops')
  await app.hops.test('Web').click()
  await expect(app.hopDialog.verdict).toContainText('it is a web server, not a proxy')
  await expect(app.hopDialog.verdict).toContainText(
    'Give the proxy’s own address and port; its SOCKS port is often 1080.',
  )
  await app.page.keyboard.press('Escape')

  await app.hops.test('Gone').click()
  await expect(app.hopDialog.verdict).toContainText(
    `The next hop "Gone" (127.0.0.1:${closed}) refused the connection: nothing listens there.`,
  )
  await expect(app.hopDialog.stages).toHaveCount(1)
})

test('“Find version” finds and sets the version that works', async ({ launch, own }) => {
  const socks = await own(startSocksServer({ versions: [4] }))
  const { app, server } = await launch()
  await app.welcome.addHop.click()
  await app.hopDialog.host.fill('127.0.0.1')
  await app.hopDialog.port.fill(String(socks.port))
  await app.hopDialog.findVersion.click()
  await expect(app.hopDialog.verdict).toContainText('It works with SOCKS4a. The version is set.')
  await expect(app.hopDialog.version('4a')).toBeChecked()
  await app.hopDialog.save('Add next hop')
  await expect(app.dialog).toBeHidden()
  expect((await server.readConfig()).hops).toMatchObject([{ version: '4a', resolveAt: 'hop' }])
})

test('an HTTP hop that speaks SOCKS is changed to it at a click', async ({ launch, own }) => {
  const socks = await own(startSocksServer({ versions: [4] }))
  const hop = makeHop({ name: 'Office', port: socks.port, protocol: 'http' })
  const { app, server } = await launch({ config: { hops: [hop] } })
  await app.open('Next hops')
  await app.hops.test('Office').click()
  await expect(app.hopDialog.verdict).toContainText('does not answer like an HTTP proxy: it speaks SOCKS4.')
  await app.hopDialog.verdict.getByRole('button', { name: 'Use SOCKS4a' }).click()
  await expect(app.hopDialog.verdict).toContainText('It works.')
  expect((await server.readConfig()).hops).toMatchObject([{ protocol: 'socks', version: '4a' }])
})

test('a hop in use is replaced when it is deleted, and undo brings everything back', async ({ launch }) => {
  const config = {
    hops: [
      makeHop({ id: 'old', name: 'Old proxy', port: 1080, user: 'ann', password: 'secret' }),
      makeHop({ id: 'new', name: 'New proxy', port: 1081 }),
    ],
    lists: [{ id: 'both', name: 'Both', hopIds: ['old', 'new'] }],
    rules: [makeRule({ to: 80, name: 'Web', route: { kind: 'hop', hopId: 'old' } })],
    conditions: [{ id: 'c', name: 'Night', port: ['443'], route: { kind: 'hop' as const, hopId: 'old' } }],
  }
  const { app, server } = await launch({ config })
  const before = await server.readConfig()
  await app.open('Next hops')
  await expect(app.hops.usedBy('Old proxy')).toHaveText('Web, Both, Conditions of all rules')
  await app.choose('Old proxy', 'Delete')
  await expect(app.dialog).toContainText('the rule Web')
  await expect(app.dialog).toContainText('the list Both')
  await expect(app.dialog).toContainText('the condition of all rules: Night')
  await app.dialog.getByLabel('Use this one in its place').selectOption('New proxy')
  await app.dialog.getByRole('button', { name: 'Replace and delete' }).click()
  await expect(app.hops.row('Old proxy')).toBeHidden()
  await expect(app.hops.usedBy('New proxy')).toHaveText('Web, Both, Conditions of all rules')

  await app.undo()
  await expect(app.hops.usedBy('Old proxy')).toHaveText('Web, Both, Conditions of all rules')
  expect(await server.readConfig()).toEqual(before)
})

test('a hop that nothing uses is deleted at once, with undo', async ({ launch }) => {
  const { app } = await launch({ config: { hops: [makeHop({ name: 'Spare', port: 1080 })] } })
  await app.open('Next hops')
  await app.choose('Spare', 'Delete')
  await expect(app.toast('Deleted “Spare”')).toBeVisible()
  await expect(app.hops.row('Spare')).toBeHidden()
  await app.undo()
  await expect(app.hops.row('Spare')).toBeVisible()
})

test('a hop that only a condition of all rules uses is not deleted without a word', async ({ launch }) => {
  const { app } = await launch({
    config: {
      hops: [makeHop({ name: 'Night shift', port: 1080 })],
      conditions: [{ id: 'c', port: ['443'], route: { kind: 'hop', hopId: 'hop' } }],
    },
  })
  await app.open('Next hops')
  await expect(app.hops.usedBy('Night shift')).toHaveText('Conditions of all rules')
  await app.choose('Night shift', 'Delete')
  await expect(app.dialog).toContainText('the condition of all rules: port 443')
  await expect(app.dialog).toContainText('There is no other next hop to take its place.')
})
