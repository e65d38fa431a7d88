import { makeHop, makeRule } from '../support/config.ts'
import { connectTo } from '../support/peer.ts'
import { startSocksServer } from '../support/socks-server.ts'
import { startEcho } from '../support/targets.ts'
import { freePort } from '../support/tcp-server.ts'
import { startWebPage, curlPort } from './support/curl.ts'
import { expect, test } from './support/fixtures.ts'

const hops = [
  makeHop({ id: 'a', name: 'Amsterdam', port: 1081 }),
  makeHop({ id: 'b', name: 'Berlin', port: 1082 }),
  makeHop({ id: 'c', name: 'Cologne', port: 1083 }),
]

test('a list is built: mode, members in order, weights and backups', async ({ launch }) => {
  const { app, server } = await launch({ config: { hops } })
  const { page, dialog } = app
  await app.open('Next hops')
  await page.getByRole('button', { name: 'Add list' }).click()
  await dialog.getByLabel('Name', { exact: true }).fill('Offices')
  await expect(dialog.getByLabel('Return after (s)')).toHaveValue('10')
  await dialog.getByLabel('Mode').selectOption('Round robin')
  await expect(dialog.getByLabel('Mode')).toHaveAccessibleDescription(/next one in turn/)
  await expect(dialog.getByLabel('Return after (s)')).toBeHidden()
  await dialog.getByLabel('Add a next hop to the list').selectOption('Cologne')
  await expect(dialog.getByLabel('Add a next hop to the list')).toBeDisabled()

  const members = dialog.getByRole('list', { name: 'Next hops in order' }).getByRole('listitem')
  await expect(members).toContainText(['Amsterdam', 'Berlin', 'Cologne'])
  // By keyboard: the focus stays on what moved.
  await dialog.getByRole('button', { name: 'Move Cologne', exact: true }).press('ArrowUp')
  await expect(members).toContainText(['Amsterdam', 'Cologne', 'Berlin'])
  await expect(dialog.getByRole('button', { name: 'Move Cologne', exact: true })).toBeFocused()
  await expect(dialog.getByText('Cologne is number 2 of 3 now')).toBeAttached()
  await dialog.getByRole('button', { name: 'Move Cologne up' }).click()
  await expect(members).toContainText(['Cologne', 'Amsterdam', 'Berlin'])
  // By mouse.
  await dialog.getByRole('button', { name: 'Move Berlin', exact: true }).dragTo(members.first(), {
    targetPosition: { x: 40, y: 4 },
  })
  await expect(members).toContainText(['Berlin', 'Cologne', 'Amsterdam'])

  await dialog.getByLabel('Weight of Berlin').fill('0')
  await dialog.getByLabel('Weight of Berlin').blur()
  await expect(dialog.getByLabel('Weight of Berlin')).toHaveAccessibleDescription(
    'Weight must be a whole number from 1 to 100',
  )
  await dialog.getByLabel('Weight of Berlin').fill('3')
  for (const name of ['Amsterdam', 'Berlin', 'Cologne']) await dialog.getByLabel(`Backup: ${name}`).check()
  await expect(dialog.getByLabel('Backup: Berlin')).toHaveAccessibleDescription(/names every hop/)
  await dialog.getByLabel('Backup: Berlin').uncheck()
  await dialog.getByRole('button', { name: 'Take off Cologne' }).click()
  await dialog.getByRole('button', { name: 'Add list' }).click()
  await expect(dialog).toBeHidden()
  expect((await server.readConfig()).lists).toMatchObject([
    { name: 'Offices', mode: 'round-robin', hopIds: ['b', 'a'], weights: { b: 3 }, backupHopIds: ['a'] },
  ])

  await app.hops.lists.getByRole('button', { name: 'Offices', exact: true }).click()
  await dialog.getByLabel('Mode').selectOption('Sticky')
  await dialog.getByLabel('Goes by').selectOption('Destination')
  await dialog.getByLabel('Stays for (min)').fill('1.5')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  expect((await server.readConfig()).lists).toMatchObject([
    { mode: 'sticky', stickyBy: 'destination', stickyForMs: 90_000, weights: { b: 3 } },
  ])
})

test('the table of lists tells which next hop is used, taken out and back again', async ({ launch, own }) => {
  const servers = [await own(startSocksServer()), await own(startSocksServer())]
  const echo = await own(startEcho())
  const [first, second] = servers.map(({ port }, index) =>
    makeHop({ id: `hop${index}`, name: index === 0 ? 'Main' : 'Spare', port }),
  )
  if (!first || !second) throw new Error('no hops')
  const port = await freePort()
  const { app } = await launch({
    config: {
      hops: [first, second],
      lists: [{ id: 'both', name: 'Both', hopIds: ['hop0', 'hop1'], returnAfterMs: 0 }],
      rules: [makeRule({ listen: port, to: echo.port, route: { kind: 'list', listId: 'both' } })],
    },
  })
  const use = async () => {
    const peer = await own(connectTo(port))
    await peer.write('x')
    await peer.take(1)
  }
  await app.open('Next hops')
  const members = app.hops.lists.getByRole('list', { name: 'Next hops of Both' }).getByRole('listitem')
  await expect(members).toHaveText([/Main\s+carries the next connection/, /Spare\s+ready/])
  await use()
  await expect(members).toHaveText([/Main\s+in use, 1 connection/, /Spare\s+ready/])

  await app.choose('Main', 'Fail for 60 s')
  await expect(app.toast(/Main is taken out for 60 s/)).toBeVisible()
  await expect(app.hops.health('Main')).toContainText('Taken out on purpose')
  await expect(app.hops.health('Main')).toContainText(/Left alone for (1 min|5\d s)/)
  await use()
  await expect(members).toHaveText([/Main\s+taken out on purpose for/, /Spare\s+in use, 1 connection/])
  expect(servers[1]?.asks).toHaveLength(1)

  await app.choose('Main', 'Work again')
  await expect(app.hops.health('Main')).not.toContainText('Taken out')
  await use()
  await expect(members).toHaveText([/Main\s+in use, 2 connections/, /Spare\s+in use, 1 connection/])

  await app.choose('Main', 'Maintenance on')
  await expect(app.hops.health('Main')).toHaveText('In maintenance')
  await expect(members.first()).toContainText('in maintenance')
  await use()
  expect(servers[1]?.asks).toHaveLength(2)
  await app.choose('Main', 'Maintenance off')
  await expect(app.hops.health('Main')).toContainText('Works')
})

test('a chain is built in the rule, and carries', async ({ launch, own }) => {
  const [entry, exit] = [await own(startSocksServer()), await own(startSocksServer())]
  const web = await own(startWebPage('through the chain'))
  const { app, server } = await launch({
    config: {
      hops: [
        makeHop({ id: 'exit', name: 'Exit', port: exit.port }),
        makeHop({ id: 'entry', name: 'Entry', port: entry.port }),
        makeHop({ id: 'six', name: 'Six', host: '2001:db8::1', port: 1080 }),
        makeHop({ id: 'old', name: 'Old', host: 'old.example', port: 1080, version: '4' }),
      ],
    },
  })
  const { dialog } = app
  const port = await freePort()
  await app.rules.add.first().click()
  await app.ruleDialog.fill({ listenPort: port, host: '127.0.0.1', port: web.port, name: 'Chained' })
  await app.ruleDialog.route.selectOption('Exit')
  await app.ruleDialog.route.selectOption('A chain of next hops…')
  const add = dialog.getByLabel('Add a next hop to the chain')
  await app.ruleDialog.save('Add rule')
  await expect(add).toHaveAccessibleDescription('Chain needs at least two next hops')

  await add.selectOption('Old')
  await add.selectOption('Six')
  await expect(add).toHaveAccessibleDescription(/"Six" has an IPv6 address, which "Old" before it/)
  await dialog.getByRole('button', { name: 'Take off Six' }).click()
  await dialog.getByRole('button', { name: 'Take off Old' }).click()
  await add.selectOption('Entry')
  await expect(add.getByRole('option')).toHaveText(['Choose…', 'Six', 'Old'])
  await dialog.getByRole('button', { name: 'Move Entry', exact: true }).press('ArrowUp')
  await expect(dialog).toContainText(`Entry → Exit → 127.0.0.1`)
  await expect(app.ruleDialog.sentence).toContainText('Enable Next-Hop Proxy<Entry → Exit>')
  await app.ruleDialog.save('Add rule')
  await expect(app.rules.row('Chained')).toContainText('via Entry → Exit')
  await expect(app.rules.status('Chained')).toHaveText('Listening')
  expect((await curlPort(port)).stdout).toBe('through the chain')
  expect(await entry.lastAsk()).toMatchObject({ port: exit.port })
  expect(await exit.lastAsk()).toMatchObject({ port: web.port })
  expect((await server.readConfig()).rules[0]?.route).toEqual({ kind: 'chain', hopIds: ['entry', 'exit'] })

  await app.rules.edit('Chained').click()
  await expect(app.ruleDialog.route).toHaveValue('chain')
  await app.ruleDialog.name.fill('Still chained')
  await app.ruleDialog.save('Save')
  await expect(app.rules.row('Still chained')).toContainText('via Entry → Exit')
})

test('names that a hop of a chain is not given are told', async ({ launch }) => {
  const { app } = await launch({
    config: {
      hops: [
        makeHop({ id: 'old', name: 'Old', port: 1081, version: '4' }),
        makeHop({ id: 'new', name: 'New', host: 'new.example', port: 1082 }),
      ],
      rules: [makeRule({ name: 'R', to: 80, route: { kind: 'chain', hopIds: ['old', 'new'] } })],
    },
  })
  await app.rules.edit('R').click()
  await expect(app.dialog).toContainText('Old is not given names, so this machine looks up new.example.')
})

test('what a rule does when its hops fail, and when its route changes', async ({ launch }) => {
  const { app, server } = await launch({
    config: { hops, rules: [makeRule({ name: 'R', to: 80, route: { kind: 'hop', hopId: 'a' } })] },
  })
  const { dialog } = app
  await app.rules.edit('R').click()
  await dialog.getByText('More options').click()
  await expect(dialog).not.toContainText('past the proxy')
  await dialog.getByLabel('Go direct as a last resort').check()
  await expect(dialog.getByRole('alert')).toContainText('The traffic then leaves this machine past the proxy')
  await dialog.getByLabel('Close connections when the route changes').check()
  await app.ruleDialog.save('Save')
  await expect(dialog).toBeHidden()
  expect((await server.readConfig()).rules[0]).toMatchObject({
    lastResortDirect: true,
    closeOnRouteChange: true,
  })
})

test('how patient one is with a next hop', async ({ launch }) => {
  const { app, server } = await launch({ config: { hops } })
  const { dialog } = app
  await app.open('Next hops')
  await app.hops.title('Berlin').click()
  await dialog.getByText('More options').click()
  await dialog.getByLabel('Failures until down').fill('0')
  await app.hopDialog.save('Save')
  await expect(dialog.getByLabel('Failures until down')).toHaveAccessibleDescription(
    'Failures until down must be a whole number from 1 to 100',
  )
  await dialog.getByLabel('Failures until down').fill('3')
  await dialog.getByLabel('After final failure wait (s)').fill('2.5')
  await dialog.getByLabel('Longest wait (s)').fill('120')
  await dialog.getByLabel('Connection limit').fill('50')
  await dialog.getByLabel('In maintenance').check()
  await app.hopDialog.save('Save')
  await expect(app.hops.health('Berlin')).toHaveText('In maintenance')
  expect((await server.readConfig()).hops[1]).toMatchObject({
    failureThreshold: 3,
    failureWaitMs: 2500,
    maxFailureWaitMs: 120_000,
    maxConnections: 50,
    maintenance: true,
  })
})

test('a health check finds out that a next hop is gone, and that it is back', async ({ launch, own }) => {
  const socks = await own(startSocksServer())
  const port = await freePort()
  const { app } = await launch({
    config: {
      hops: [makeHop({ name: 'Office', port: socks.port })],
      rules: [makeRule({ name: 'Web', listen: port, to: 80 })],
    },
  })
  const { dialog } = app
  await app.rules.edit('Web').click()
  await dialog.getByText('More options').click()
  await dialog.getByLabel('While all next hops are down').selectOption('Stop listening until one is back')
  await app.ruleDialog.save('Save')
  await app.open('Next hops')
  await app.hops.title('Office').click()
  await dialog.getByText('More options').click()
  await dialog.getByLabel('Health check').selectOption('Connect through to a destination')
  await app.hopDialog.save('Save')
  await expect(dialog.getByLabel('Destination of the check')).toHaveAccessibleDescription(/is empty/)
  await dialog.getByLabel('Health check').selectOption('Connect and log in')
  await dialog.getByLabel('Every (s)').fill('0.5')
  await dialog.getByLabel('Checks until down').fill('1')
  await dialog.getByLabel('Checks until up').fill('1')
  await app.hopDialog.save('Save')
  await expect(app.hops.health('Office')).toContainText('Works')

  await socks.kill()
  await expect(app.hops.health('Office')).toContainText('Left alone until a check succeeds')
  await app.open('Port rules')
  await expect(app.rules.status('Web')).toContainText('Not listening: the next hop “Office” is down')
  await socks.revive()
  await expect(app.rules.status('Web')).toHaveText('Listening')
  await app.open('Next hops')
  await expect(app.hops.health('Office')).toContainText('Works')
})
