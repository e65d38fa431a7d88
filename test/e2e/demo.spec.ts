import { makeHop, makeRule } from '../support/config.ts'
import { curlPort } from './support/curl.ts'
import { expect, test } from './support/fixtures.ts'

// One after the other: a demo that begins would take the port that another one has just given back.
test.describe.configure({ mode: 'serial' })

test('the demo shows traffic within one click, and cleans up after itself', async ({ launch }) => {
  const { app, server, openWindow } = await launch()
  const before = await server.readConfig()
  await app.page.getByRole('button', { name: 'Try the demo' }).click()

  const banner = app.page.getByText('The demo runs: a SOCKS5 server and a page on this machine.')
  await expect(banner).toBeVisible()
  const connections = app.page.getByRole('banner').locator('.connections .total')
  await expect(connections).toHaveText(/^[1-9]\d* so far$/)
  const config = await server.readConfig()
  expect(config.hops).toHaveLength(1)
  expect(config.rules).toHaveLength(1)
  const listen = config.rules[0]?.listen
  const port = listen?.kind === 'tcp' ? listen.port : 0
  const { stdout } = await curlPort(port)
  expect(stdout).toContain('This page came through Nexthop')
  const { app: other } = await openWindow()
  await expect(other.page.getByRole('link', { name: 'Open the page' })).toHaveAttribute(
    'href',
    `http://127.0.0.1:${port}/`,
  )

  await other.page.getByRole('button', { name: 'End the demo' }).click()
  await expect(other.toast('The demo is over, and cleaned up.')).toBeVisible()
  await expect(banner).toBeHidden()
  expect(await server.readConfig()).toEqual(before)
  expect((await curlPort(port)).code).toBe(7)
})

test('the demo leaves alone what was there before', async ({ launch }) => {
  const { app, server } = await launch({
    config: {
      hops: [makeHop({ name: 'Office', port: 1080 })],
      rules: [makeRule({ name: 'Mail', to: 25 })],
    },
  })
  const before = await server.readConfig()
  await app.page.keyboard.press('ControlOrMeta+k')
  await app.dialog.getByRole('combobox').fill('demo')
  await app.page.keyboard.press('Enter')
  await expect(app.page.getByRole('button', { name: 'End the demo' })).toBeVisible()
  await expect(app.rules.rows).toHaveCount(2)
  await app.page.getByRole('button', { name: 'End the demo' }).click()
  await expect(app.rules.rows).toHaveCount(1)
  expect(await server.readConfig()).toEqual(before)
})
