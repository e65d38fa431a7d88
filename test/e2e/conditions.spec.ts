import type { AppPage } from './pages/app-page.ts'
import { makeHop, makeRule } from '../support/config.ts'
import { startSocksServer } from '../support/socks-server.ts'
import { curlPort, startWebPage } from './support/curl.ts'
import { expect, test } from './support/fixtures.ts'

const add = (app: AppPage) => app.dialog.last().getByRole('button', { name: 'Add condition', exact: true })
const conditions = (app: AppPage) =>
  app.dialog.last().getByRole('list', { name: 'Conditions' }).getByRole('listitem')

test('a condition of a rule is added, decides, is counted, and can be switched off', async ({
  launch,
  own,
}) => {
  const web = await own(startWebPage('page'))
  const [office, branch] = [await own(startSocksServer()), await own(startSocksServer())]
  const { app } = await launch({
    config: {
      hops: [
        makeHop({ name: 'Office', port: office.port }),
        makeHop({ id: 'branch', name: 'Branch', port: branch.port }),
      ],
      rules: [makeRule({ name: 'Web', to: web.port })],
    },
  })
  await app.rules.edit('Web').click()
  await expect(conditions(app)).toHaveText(['No conditions: every connection takes the route of its rule.'])
  await add(app).click()
  await add(app).click()
  await expect(app.dialog.last().getByLabel('Then take this route')).toHaveAccessibleDescription(/^Choose/)
  await app.dialog.last().getByLabel('Client addresses').fill('127.0.0.0/8')
  await app.dialog.last().getByRole('checkbox', { name: 'http', exact: true }).check()
  await app.dialog.last().getByLabel('Then take this route').selectOption('Branch')
  await add(app).click()
  await expect(conditions(app)).toContainText(['from 127.0.0.0/8, speaks http'])
  await app.ruleDialog.save('Save')
  await expect(app.dialog).toBeHidden()

  const port = Number(/:(\d+)/.exec(await app.rules.status('Web').innerText())?.[1])
  expect((await curlPort(port)).stdout).toBe('page')
  expect([office.asks.length, branch.asks.length]).toEqual([0, 1])
  await app.rules.edit('Web').click()
  await expect(conditions(app)).toContainText(['1 hit'])
  await app.dialog.getByRole('switch', { name: /speaks http on$/ }).click()
  await app.ruleDialog.save('Save')
  await expect(app.dialog).toBeHidden()
  expect((await curlPort(port)).stdout).toBe('page')
  expect([office.asks.length, branch.asks.length]).toEqual([1, 1])
})

test('a condition leads through a chain that is built in it', async ({ launch, own }) => {
  const web = await own(startWebPage('page'))
  const [entry, exit] = [await own(startSocksServer()), await own(startSocksServer())]
  const { app, server } = await launch({
    config: {
      hops: [
        makeHop({ id: 'entry', name: 'Entry', port: entry.port }),
        makeHop({ id: 'exit', name: 'Exit', port: exit.port }),
      ],
      rules: [makeRule({ name: 'Web', to: web.port, route: { kind: 'block' } })],
    },
  })
  await app.rules.edit('Web').click()
  await add(app).click()
  const dialog = app.dialog.last()
  const hops = dialog.getByLabel('Add a next hop to the chain')
  await dialog.getByLabel('Client addresses').fill('127.0.0.0/8')
  await dialog.getByLabel('Then take this route').selectOption('Entry')
  await dialog.getByLabel('Then take this route').selectOption('A chain of next hops…')
  await add(app).click()
  await expect(hops).toHaveAccessibleDescription('Chain needs at least two next hops')
  await hops.selectOption('Exit')
  await expect(dialog).toContainText('Entry → Exit → destination')
  await add(app).click()
  await expect(conditions(app)).toContainText(['via Entry → Exit'])
  await app.ruleDialog.save('Save')
  await expect(app.dialog).toBeHidden()

  const port = Number(/:(\d+)/.exec(await app.rules.status('Web').innerText())?.[1])
  expect((await curlPort(port)).stdout).toBe('page')
  expect(await exit.lastAsk()).toMatchObject({ port: web.port })
  const route = { kind: 'chain', hopIds: ['entry', 'exit'] }
  expect((await server.readConfig()).rules[0]).toMatchObject({ conditions: [{ route }] })
})

test('conditions of all rules are put into another order by keys, and saved', async ({ launch }) => {
  const condition = (id: string, port: string) => ({
    id,
    name: id,
    port: [port],
    route: { kind: 'block' as const },
  })
  const { app } = await launch({
    config: {
      hops: [makeHop({ port: 1080 })],
      rules: [makeRule({ name: 'Web', to: 80, route: { kind: 'hop', hopId: 'hop' } })],
      conditions: [condition('First', '1'), condition('Second', '80')],
    },
  })
  const open = async () => {
    await app.open('Settings')
    await app.page.getByRole('button', { name: 'Conditions of all rules…' }).click()
  }
  const rows = app.dialog.getByRole('list', { name: 'Conditions of all rules' }).getByRole('listitem')
  await open()
  await app.dialog.getByRole('button', { name: 'Move Second', exact: true }).focus()
  await app.page.keyboard.press('ArrowUp')
  await expect(rows).toContainText(['Second', 'First'])
  await app.dialog.getByRole('button', { name: 'Take off First', exact: true }).click()
  await app.dialog.getByRole('button', { name: 'Save' }).click()
  await expect(app.dialog).toBeHidden()
  await open()
  await expect(rows).toContainText(['Second'])
})

test('the route of an imagined connection is explained', async ({ launch }) => {
  const { app } = await launch({
    config: {
      hops: [
        makeHop({ name: 'Office', port: 1080 }),
        makeHop({ id: 'b', name: 'Backup', port: 1081, maintenance: true }),
      ],
      lists: [{ id: 'l', name: 'All', hopIds: ['hop', 'b'] }],
      rules: [
        makeRule({
          name: 'Browsers',
          to: { kind: 'proxy' },
          route: { kind: 'list', listId: 'l' },
          conditions: [
            {
              id: 'i',
              name: 'Inside',
              destination: ['*.example.com'],
              port: ['443'],
              route: { kind: 'direct' },
            },
          ],
        }),
      ],
    },
  })
  await app.choose('Browsers', 'Explain the route…')
  await expect(app.dialog).toContainText('Condition 1, “Inside”: open: depends on the destination')
  await app.dialog.getByLabel('Destination').fill('db.internal:5432')
  await expect(app.dialog).toContainText('Condition 1, “Inside”: no: the destination does not match')
  await expect(app.dialog).toContainText('List All, Failover')
  await expect(app.dialog.getByRole('listitem').last()).toContainText('Office')
  await expect(app.dialog).toContainText('Skipped: Backup, in maintenance')
  await app.dialog.getByLabel('Destination').fill('www.example.com:443')
  await expect(app.dialog).toContainText('By Condition 1, “Inside”')
  await expect(app.dialog).toContainText('Directly, without a next hop')
  await app.dialog.getByLabel('Destination').fill('www.example.com')
  await expect(app.dialog.getByLabel('Destination')).toHaveAccessibleDescription(/is not host:port/)
})
