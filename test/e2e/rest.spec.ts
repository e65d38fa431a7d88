import { makeHop, makeRule } from '../support/config.ts'
import { connectTo } from '../support/peer.ts'
import { startEcho } from '../support/targets.ts'
import { freePort } from '../support/tcp-server.ts'
import { views, type AppPage } from './pages/app-page.ts'
import { expect, test } from './support/fixtures.ts'
import { countDoings, doingsWhile, nothing } from './support/rest.ts'

/** More than two beats of whatever might beat. */
const watchMs = 2500

/** Opening a view is work; at rest is whoever then does nothing for a while. */
async function comesToRest({ page }: AppPage): Promise<void> {
  await expect(async () => {
    expect(await doingsWhile(page, () => page.waitForTimeout(watchMs))).toEqual(nothing)
  }).toPass({ timeout: 20_000 })
}

test('a window does nothing while nothing happens, in any view', async ({ launch, own }) => {
  test.slow()
  const echo = await own(startEcho())
  const port = await freePort()
  const { context, server, openTab } = await launch({
    config: {
      hops: [makeHop({ id: 'hop', name: 'Hop', port: 9 })],
      lists: [{ id: 'list', name: 'List', hopIds: ['hop'] }],
      rules: [
        makeRule({ name: 'Echo', listen: port, to: echo.port, route: { kind: 'direct' } }),
        makeRule({ id: 'other', name: 'Other', to: 80, route: { kind: 'list', listId: 'list' } }),
      ],
    },
  })
  await countDoings(context)
  const app = await openTab(server.origin)
  for (const view of views) {
    await app.open(view)
    await comesToRest(app)
  }

  // What is counted is really what happens: traffic is told, drawn, and goes on to move through the chart.
  await app.open('Port rules')
  await comesToRest(app)
  const doings = await doingsWhile(app.page, async () => {
    const client = await own(connectTo(port))
    await client.write('hello')
    await client.take(5)
    await expect(app.page.getByRole('banner')).toContainText('5 B')
    await app.page.waitForTimeout(watchMs)
  })
  expect(doings.messages).toBeGreaterThan(0)
  expect(doings.timers).toBeGreaterThan(0)
  expect(doings.drawings).toBeGreaterThan(2)
})

test('a window that nobody sees is told of no traffic', async ({ launch, own }) => {
  const echo = await own(startEcho())
  const port = await freePort()
  const { context, server, openTab } = await launch({
    config: { rules: [makeRule({ name: 'Echo', listen: port, to: echo.port, route: { kind: 'direct' } })] },
  })
  await countDoings(context)
  const app = await openTab(server.origin)
  await app.open('Connections')
  const client = await own(connectTo(port))
  await client.write('hello')
  await client.take(5)
  await expect(app.connections.rowTo(`127.0.0.1:${echo.port}`)).toHaveCount(1)
  await app.page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await comesToRest(app)
  const doings = await doingsWhile(app.page, async () => {
    await client.write('unseen')
    await client.take(6)
    await app.page.waitForTimeout(watchMs)
  })
  expect(doings).toEqual(nothing)
  await app.page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'visible' })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await expect(app.page.getByRole('banner')).toContainText('11 B')
})

test('nothing moves in a window for longer than it takes to be seen', async ({ launch, own }) => {
  const echo = await own(startEcho())
  const port = await freePort()
  const { app } = await launch({
    config: {
      hops: [makeHop({ id: 'hop', name: 'Hop', port: 9, maxConnections: 1 })],
      rules: [makeRule({ name: 'Echo', listen: port, to: echo.port, route: { kind: 'direct' } })],
    },
  })
  const moving = () => app.page.evaluate(() => document.getAnimations().length)
  await app.choose('Echo', 'Record packets…')
  await app.dialog.getByRole('button', { name: 'Record', exact: true }).click()
  await expect(app.dialog).toBeHidden()
  const client = await own(connectTo(port))
  await client.write('hello')
  await client.take(5)
  await app.open('Connections')
  await app.connections.title(`127.0.0.1:${echo.port}`).click()
  await expect(app.connections.stages.last()).toContainText('Relay')
  await expect.poll(moving, { timeout: 20_000 }).toBe(0)

  await app.open('Next hops')
  await app.choose('Hop', 'Fail for 60 s')
  await expect.poll(moving).toBeGreaterThan(0)
  await expect.poll(moving, { timeout: 20_000 }).toBe(0)
})
