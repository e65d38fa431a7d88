import { readFile } from 'node:fs/promises'
import { makeHop, makeRule } from '../support/config.ts'
import { connectTo } from '../support/peer.ts'
import { startSocksServer } from '../support/socks-server.ts'
import { startEcho } from '../support/targets.ts'
import { freePort } from '../support/tcp-server.ts'
import { curlPort } from './support/curl.ts'
import { expect, test } from './support/fixtures.ts'

const direct = { kind: 'direct' } as const

test('a connection shows while it is open, with its stages and bytes, and can be closed', async ({
  launch,
  own,
}) => {
  const echo = await own(startEcho())
  const socks = await own(startSocksServer())
  const port = await freePort()
  const { app } = await launch({
    config: {
      hops: [makeHop({ name: 'Office', port: socks.port })],
      rules: [makeRule({ name: 'Echo', listen: port, to: echo.port })],
    },
  })
  const target = `127.0.0.1:${echo.port}`
  await app.open('Connections')
  await expect(app.page.getByRole('main')).toContainText('No connections')
  const client = await own(connectTo(port))
  await client.write('x'.repeat(5000))
  await client.take(5000)
  const row = app.connections.rowTo(target)
  await expect(row).toHaveCount(1)
  await expect(row).toContainText('Echo')
  await expect(row.locator('td.state')).toHaveText('Open')
  await expect(row.locator('td.up')).toHaveText('5.0 kB')

  await app.connections.title(target).click()
  await expect(app.connections.details).toContainText('Office')
  await expect(app.connections.stages).toContainText(['Accepted', 'Connect', 'SOCKS greeting', 'Request'])
  await client.write('y'.repeat(2000))
  await expect(app.connections.details).toContainText('7.0 kB')
  await app.connections.details.getByRole('button', { name: 'Close connection' }).click()
  expect(await client.ending).toBe('ECONNRESET')
  await expect(app.toast('Closed 1 connection')).toBeVisible()
  await expect(row.locator('td.state')).toHaveText('Closed by Nexthop')
  await expect(app.connections.stages.last()).toContainText('Close')
  await app.page.keyboard.press('Escape')
})

test('packets and trace of a connection can be recorded and saved', async ({ launch, own }) => {
  const echo = await own(startEcho())
  const port = await freePort()
  const { app } = await launch({
    config: { rules: [makeRule({ name: 'Echo', listen: port, to: echo.port, route: direct })] },
  })
  await app.open('Connections')
  const client = await own(connectTo(port))
  await client.write('before')
  await client.take(6)
  const target = `127.0.0.1:${echo.port}`
  await app.connections.title(target).click()
  const { details } = app.connections
  await details.getByRole('button', { name: 'Record packets' }).click()
  const save = details.getByRole('button', { name: 'Stop and save recording' })
  await expect(save).toBeVisible()
  await client.write('recorded words')
  await client.take(14)
  const [packets] = await Promise.all([app.page.waitForEvent('download'), save.click()])
  expect(packets.suggestedFilename()).toMatch(/^nexthop-.*\.pcapng$/)
  const content = await readFile(await packets.path())
  expect(content.readUInt32LE(0)).toBe(0x0a0d0d0a)
  expect(content.includes('recorded words')).toBe(true)
  expect(content.includes('before')).toBe(false)
  const button = details.getByRole('button', { name: 'Save trace' })
  const [trace] = await Promise.all([app.page.waitForEvent('download'), button.click()])
  const saved = JSON.parse(await readFile(await trace.path(), 'utf8')) as {
    target: string
    stages: unknown[]
  }
  expect(saved.target).toBe(target)
  expect(saved.stages.length).toBeGreaterThan(2)
})

test('one of several, then all of a rule; other rules stay', async ({ launch, own }) => {
  const echo = await own(startEcho())
  const [one, two] = [await freePort(), await freePort()]
  const { app } = await launch({
    config: {
      rules: [
        makeRule({ id: 'one', name: 'One', listen: one, to: echo.port, route: direct }),
        makeRule({ id: 'two', name: 'Two', listen: two, to: echo.port, route: direct }),
      ],
    },
  })
  await expect(app.forwardingState).toHaveText('On: 2 rules listen')
  const ofOne = [await own(connectTo(one)), await own(connectTo(one)), await own(connectTo(one))]
  const ofTwo = await own(connectTo(two))
  await expect(app.rules.open('One')).toHaveText('3')
  await app.choose('One', 'Show connections')
  await expect(app.connections.rows).toHaveCount(3)
  await app.connections.rows
    .first()
    .getByRole('button', { name: /^Close connection to/ })
    .click()
  await expect(app.toast('Closed 1 connection')).toBeVisible()
  await app.connections.show('Open')
  await expect(app.connections.rows).toHaveCount(2)
  await app.connections.closeAll.click()
  await expect(app.dialog).toContainText('Close 2 connections?')
  await app.dialog.getByRole('button', { name: 'Close them' }).click()
  await expect(app.toast('Closed 2 connections')).toBeVisible()
  await Promise.all(ofOne.map(({ ending }) => ending))
  await expect(app.page.getByRole('main')).toContainText('No connection matches the filter.')

  await expect(app.connections.rule).toHaveValue('one')
  await app.connections.rule.selectOption('All rules')
  await expect(app.connections.rows).toHaveCount(1)
  await ofTwo.write('alive')
  expect(await ofTwo.takeText(5)).toBe('alive')
})

test('a failed connection says why, in the list, in its details and at its rule', async ({ launch, own }) => {
  const socks = await own(startSocksServer({ reply: 5 }))
  const port = await freePort()
  const { app } = await launch({
    config: {
      hops: [makeHop({ name: 'Office', port: socks.port })],
      rules: [makeRule({ name: 'DB', listen: port, to: { host: 'db.internal', port: 5432 } })],
    },
  })
  await expect(app.rules.status('DB')).toHaveText('Listening')
  expect((await curlPort(port)).stdout).toContain('502 Bad Gateway')
  await expect(app.rules.status('DB')).toContainText(/Destination refused, .* ago/)
  await app.open('Connections')
  await expect(app.connections.rowTo('db.internal:5432').locator('td.state')).toHaveText(
    'Destination refused',
  )
  await app.connections.title('db.internal:5432').click()
  await expect(app.connections.details).toContainText('Check that the service runs there')
  await expect(app.connections.details).toContainText(/Failed after .*, at the stage “Request”\./)
  await expect(app.connections.stages).toContainText(['Connect', 'SOCKS greeting', 'Request'])
})

test('filter, sort, pause', async ({ launch, own }) => {
  const echo = await own(startEcho())
  const other = await own(startEcho())
  const [one, two] = [await freePort(), await freePort()]
  const { app } = await launch({
    config: {
      rules: [
        makeRule({ id: 'one', name: 'One', listen: one, to: echo.port, route: direct }),
        makeRule({ id: 'two', name: 'Two', listen: two, to: other.port, route: direct }),
      ],
    },
  })
  await expect(app.forwardingState).toHaveText('On: 2 rules listen')
  const small = await own(connectTo(one))
  await small.write('x')
  const large = await own(connectTo(two))
  await large.write('x'.repeat(2000))
  await app.open('Connections')
  await expect(app.connections.rows).toHaveCount(2)
  await app.connections.search.fill('two')
  await expect(app.connections.rows).toHaveCount(1)
  await app.connections.search.fill('')

  const up = app.connections.scroller.getByRole('button', { name: /^Up/ })
  await up.click()
  await expect(app.connections.rows.first()).toContainText('Two')
  await up.click()
  await expect(app.connections.rows.first()).toContainText('One')
  await expect(app.page.getByRole('columnheader', { name: 'Up' })).toHaveAttribute('aria-sort', 'ascending')

  await app.connections.pause.click()
  const late = await own(connectTo(one))
  await late.write('x')
  await expect(app.page.getByRole('banner').locator('.connections b')).toHaveText('3')
  await expect(app.connections.rows).toHaveCount(2)
  await app.connections.pause.click()
  await expect(app.connections.rows).toHaveCount(3)
})

test('failed and slow ones, by next hop, and their traces in one file', async ({ launch, own }) => {
  const echo = await own(startEcho())
  const office = await own(startSocksServer())
  const late = await own(startSocksServer({ at: { greeting: { then: 'stall' } } }))
  const refusing = await own(startSocksServer({ reply: 5 }))
  const rules = [
    { name: 'Quick', hop: office },
    { name: 'Late', hop: late },
    { name: 'Refused', hop: refusing },
  ].map(({ name, hop }) => ({
    name,
    hop: makeHop({ id: name, name: `${name} hop`, port: hop.port, handshakeTimeoutMs: 1000 }),
  }))
  const ports = await Promise.all(rules.map(() => freePort()))
  const { app } = await launch({
    config: {
      hops: rules.map(({ hop }) => hop),
      rules: rules.map(({ name }, index) =>
        makeRule({
          id: name,
          name,
          listen: ports[index] ?? 0,
          to: echo.port,
          route: { kind: 'hop', hopId: name },
        }),
      ),
    },
  })
  await expect(app.forwardingState).toHaveText('On: 3 rules listen')
  await app.open('Connections')
  for (const [index, port] of ports.entries()) {
    const client = await own(connectTo(port))
    if (index > 0) await client.ending
    else {
      await client.write('x')
      await client.take(1)
    }
  }
  const { connections } = app
  const target = `127.0.0.1:${echo.port}`
  await expect(connections.rows).toHaveCount(3)
  await connections.show('Failed')
  await expect(connections.rows).toHaveCount(2)
  await expect(connections.rowTo(target).filter({ hasText: 'Refused' })).toHaveCount(1)
  await connections.show('Slow')
  await connections.slowFrom.fill('800')
  await connections.slowFrom.press('Enter')
  await expect(connections.rows).toHaveCount(1)
  await expect(connections.rows).toContainText('Late')
  await expect(connections.rows.locator('td.age')).toHaveText(/^1(\.\d)? s$/)
  await connections.rows.locator('button').first().click()
  await expect(connections.details).toContainText('Most of the set-up was “SOCKS greeting” (Late hop)')
  await connections.show('All')
  await connections.hop.selectOption('Refused hop')
  await expect(connections.rows).toHaveCount(1)
  await connections.hop.selectOption('All next hops')

  const [download] = await Promise.all([app.page.waitForEvent('download'), connections.saveTraces.click()])
  expect(download.suggestedFilename()).toMatch(/^nexthop-traces-.*\.jsonl$/)
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n')
  const saved = lines.map((line) => JSON.parse(line) as { ruleName: string; cause?: string })
  expect(saved.map(({ ruleName }) => ruleName).sort()).toEqual(['Late', 'Quick', 'Refused'])
  expect(saved.find(({ ruleName }) => ruleName === 'Refused')?.cause).toMatch(/refused/i)
  await expect(app.toast('Saved 3 traces')).toBeVisible()
})
