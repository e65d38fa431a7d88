import { makeHop, makeRule } from '../support/config.ts'
import { connectTo } from '../support/peer.ts'
import { startProcess } from '../support/process.ts'
import { startSocksServer } from '../support/socks-server.ts'
import { startEcho } from '../support/targets.ts'
import { freePort } from '../support/tcp-server.ts'
import { curlPort, startWebPage } from './support/curl.ts'
import { expect, test } from './support/fixtures.ts'

test('a rule that is added forwards, and shows what it forwarded', async ({ launch, own }) => {
  const web = await own(startWebPage('x'.repeat(50_000)))
  const socks = await own(startSocksServer())
  const { app } = await launch({ config: { hops: [makeHop({ name: 'Office', port: socks.port })] } })
  const port = await freePort()
  await app.rules.add.first().click()
  await app.ruleDialog.fill({ listenPort: port, host: '127.0.0.1', port: web.port, name: 'Intranet' })
  await expect(app.ruleDialog.sentence).toHaveText(
    `Proxy.Port equals ${port} → Continue → Enable Next-Hop Proxy<Office>`,
  )
  await app.ruleDialog.save('Add rule')
  await expect(app.rules.status('Intranet')).toHaveText('Listening')
  await expect(app.forwardingState).toHaveText('On: 1 rule listens')

  expect((await curlPort(port)).stdout).toBe('x'.repeat(50_000))
  expect(socks.asks).toHaveLength(1)
  await expect(app.rules.row('Intranet').locator('td.total')).toContainText('↓ 50.1 kB')
})

test('pasting host:port as destination fills both fields', async ({ launch }) => {
  const { app } = await launch({ config: { hops: [makeHop({ port: 1080 })] } })
  await app.rules.add.first().click()
  await app.ruleDialog.host.evaluate((field) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text', 'db.internal:5432')
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  await expect(app.ruleDialog.host).toHaveValue('db.internal')
  await expect(app.ruleDialog.port).toHaveValue('5432')
  await expect(app.ruleDialog.name).toHaveAttribute('placeholder', 'db.internal:5432')
})

test('the form says what is wrong, warns of open addresses, and asks before it forgets', async ({
  launch,
}) => {
  const hops = [makeHop({ port: 1080 })]
  const { app } = await launch({
    config: { hops, rules: [makeRule({ to: 80, listen: 9155, name: 'First' })] },
  })
  await app.rules.add.first().click()
  await app.ruleDialog.fill({ listenPort: 9155, host: 'bad host', port: 0 })
  await app.ruleDialog.save('Add rule')
  await expect(app.ruleDialog.host).toBeFocused()
  await expect(app.ruleDialog.host).toHaveAccessibleDescription(/"bad host" is not a host name/)
  await expect(app.ruleDialog.port).toHaveAccessibleDescription(/whole number from 1 to 65535/)
  await app.ruleDialog.fill({ host: 'web.example', port: 80 })
  await expect(app.ruleDialog.listenPort).toHaveAccessibleDescription(
    /127\.0\.0\.1:9155 is already the listen address of the rule "First"/,
  )
  await app.ruleDialog.listenHost.fill('0.0.0.0')
  await expect(app.dialog).toContainText('This address is open to other machines')
  await app.page.keyboard.press('Escape')
  await expect(app.dialog).toContainText('Discard your changes?')
  await app.dialog.getByRole('button', { name: 'Discard' }).click()
  await expect(app.dialog).toBeHidden()
  await expect(app.rules.rows).toHaveCount(1)
})

test('switches: one rule, several, all', async ({ launch, own }) => {
  const web = await own(startWebPage('ok'))
  const [one, two] = [await freePort(), await freePort()]
  const route = { kind: 'direct' } as const
  const { app, server } = await launch({
    config: {
      rules: [
        makeRule({ id: 'one', name: 'One', listen: one, to: web.port, route }),
        makeRule({ id: 'two', name: 'Two', listen: two, to: web.port, route }),
      ],
    },
  })
  await expect(app.rules.status('One')).toHaveText('Listening')
  await app.rules.switch('One').click()
  await expect(app.rules.status('One')).toHaveText('Off')
  await expect(app.rules.switch('One')).not.toBeChecked()
  expect((await curlPort(one)).code).toBe(7)
  expect((await curlPort(two)).stdout).toBe('ok')

  await app.forwarding.click()
  await expect(app.rules.status('Two')).toHaveText('Off while forwarding is off')
  await expect(app.forwardingState).toHaveText('Off: nothing listens')
  expect((await curlPort(two)).code).toBe(7)
  await app.forwarding.click()
  await expect(app.rules.status('Two')).toHaveText('Listening')
  await expect(app.rules.status('One')).toHaveText('Off')
  expect((await curlPort(two)).stdout).toBe('ok')

  await app.page.getByRole('checkbox', { name: 'Select all rules' }).check()
  await app.page.getByRole('button', { name: 'Switch on' }).click()
  await expect(app.forwardingState).toHaveText('On: 2 rules listen')
  expect((await server.readConfig()).rules.map(({ enabled }) => enabled)).toEqual([true, true])
})

test('editing a rule in use keeps its connections, and offers to close them', async ({ launch, own }) => {
  const echo = await own(startEcho())
  const other = await own(startEcho())
  const [port, next] = [await freePort(), await freePort()]
  const { app } = await launch({
    config: {
      rules: [makeRule({ name: 'Echo', listen: port, to: echo.port, route: { kind: 'direct' } })],
    },
  })
  await expect(app.rules.status('Echo')).toHaveText('Listening')
  const client = await own(connectTo(port))
  await client.write('before')
  expect(await client.takeText(6)).toBe('before')
  await expect(app.rules.open('Echo')).toHaveText('1')

  await app.rules.edit('Echo').click()
  await app.ruleDialog.fill({ listenPort: next, port: other.port })
  await expect(app.dialog).toContainText('1 connection is open. It is kept, and goes on as the rule was.')
  await expect(app.ruleDialog.closeOpen).not.toBeChecked()
  await app.ruleDialog.save('Save')
  await expect(app.rules.row('Echo')).toContainText(`127.0.0.1:${next}`)
  await client.write('after')
  expect(await client.takeText(5)).toBe('after')
  const second = await own(connectTo(next))
  await second.write('new')
  expect(await second.takeText(3)).toBe('new')
  await expect(app.rules.open('Echo')).toHaveText('2')

  await app.rules.edit('Echo').click()
  await app.ruleDialog.fill({ port: echo.port })
  await app.ruleDialog.closeOpen.check()
  await app.ruleDialog.save('Save')
  await client.closed
  await second.closed
  await expect(app.rules.open('Echo')).toHaveText('0')
})

test('a busy port says who holds it, and listens again once it is free', async ({ launch, own }) => {
  test.skip(process.platform !== 'linux', 'only Linux tells who holds a port without extra rights')
  const port = await freePort()
  const holder = await own(
    startProcess(
      process.execPath,
      ['-e', `process.title = 'busybee'; require('net').createServer().listen(${port}, '127.0.0.1')`],
      { ready: port },
    ),
  )
  const { app } = await launch({
    config: { rules: [makeRule({ name: 'Busy', listen: port, to: 80, route: { kind: 'direct' } })] },
  })
  await expect(app.rules.status('Busy')).toHaveText(
    `127.0.0.1:${port} is in use by busybee (pid ${holder.pid})`,
  )
  await expect(app.forwardingState).toHaveText('On: 0 of 1 rules listen, 1 can not')
  await app.rules.title('Busy').click()
  await expect(app.rules.detail()).toContainText('Stop that program, or choose another listen port.')
  await holder.close()
  await app.rules.detail().getByRole('button', { name: 'Try again' }).click()
  await expect(app.rules.status('Busy')).toHaveText('Listening')
})

test('delete and undo, of one rule and of several', async ({ launch }) => {
  const route = { kind: 'direct' } as const
  const rules = ['One', 'Two', 'Three'].map((name) => makeRule({ id: name, name, to: 80, route }))
  const { app, server } = await launch({ config: { rules } })
  const before = await server.readConfig()
  await app.choose('Two', 'Delete')
  await expect(app.toast('Deleted “Two”')).toBeVisible()
  await expect.poll(() => app.rules.names()).toEqual(['One', 'Three'])
  await app.undo()
  await expect.poll(() => app.rules.names()).toEqual(['One', 'Two', 'Three'])
  expect(await server.readConfig()).toEqual(before)

  await app.rules.pick('One').check()
  await app.rules.pick('Three').check()
  await app.page.getByRole('main').getByRole('button', { name: 'Delete' }).click()
  await expect(app.toast('Deleted 2 rules')).toBeVisible()
  await expect.poll(() => app.rules.names()).toEqual(['Two'])
  await app.undo()
  await expect.poll(() => app.rules.names()).toEqual(['One', 'Two', 'Three'])
  expect(await server.readConfig()).toEqual(before)
})

test('order: by drag and by menu', async ({ launch }) => {
  const route = { kind: 'direct' } as const
  const rules = ['One', 'Two', 'Three'].map((name) => makeRule({ id: name, name, to: 80, route }))
  const { app, server } = await launch({ config: { rules } })
  await app.choose('One', 'Move down')
  await expect.poll(() => app.rules.names()).toEqual(['Two', 'One', 'Three'])
  const handle = app.page.getByRole('button', { name: 'Move Three' })
  const target = await app.rules.row('Two').boundingBox()
  await handle.hover()
  await app.page.mouse.down()
  await app.page.mouse.move(target?.x ?? 0, (target?.y ?? 0) + 20, { steps: 5 })
  await app.page.mouse.move((target?.x ?? 0) + 5, (target?.y ?? 0) + 4, { steps: 3 })
  await app.page.mouse.up()
  await expect.poll(() => app.rules.names()).toEqual(['Three', 'Two', 'One'])
  expect((await server.readConfig()).rules.map(({ name }) => name)).toEqual(['Three', 'Two', 'One'])
})

test('search and duplicate', async ({ launch }) => {
  const route = { kind: 'direct' } as const
  const rules = [
    makeRule({ id: 'db', name: 'Database', listen: 9161, to: { host: 'db.internal', port: 5432 }, route }),
    makeRule({ id: 'web', name: 'Web', listen: 9162, to: { host: 'web.internal', port: 80 }, route }),
  ]
  const { app } = await launch({ config: { rules } })
  await app.rules.search.fill('5432')
  await expect.poll(() => app.rules.names()).toEqual(['Database'])
  await app.rules.search.fill('no such thing')
  await expect(app.page.getByRole('main')).toContainText('Nothing here matches “no such thing”.')
  await app.page.getByRole('button', { name: 'Clear the search' }).click()
  await expect(app.rules.rows).toHaveCount(2)

  await app.choose('Database', 'Duplicate…')
  await expect(app.ruleDialog.name).toHaveValue('Copy of Database')
  await expect(app.ruleDialog.listenPort).not.toHaveValue('9161')
  await app.ruleDialog.save('Add rule')
  await expect(app.rules.status('Copy of Database')).toHaveText('Listening')
})

test('the address and a ready line are copied', async ({ launch }) => {
  const { app, context } = await launch({
    config: {
      rules: [
        makeRule({ name: 'DB', listen: 9163, to: { host: 'db', port: 5432 }, route: { kind: 'direct' } }),
      ],
    },
  })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const clipboard = () => app.page.evaluate(() => navigator.clipboard.readText())
  await app.choose('DB', 'Copy address')
  await expect(app.toast('Copied: 127.0.0.1:9163')).toBeVisible()
  expect(await clipboard()).toBe('127.0.0.1:9163')
  await app.choose('DB', 'Copy psql line')
  await expect(app.toast('Copied: psql')).toBeVisible()
  expect(await clipboard()).toBe('psql -h 127.0.0.1 -p 9163')
})
