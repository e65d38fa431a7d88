import { describe, expect, it } from 'vitest'
import { createNoticeFilter } from '../../main/electron/notices.ts'
import { makeConfig, makeHop, makeRule } from '../support/config.ts'
import { freePort, startTcpServer } from '../support/tcp-server.ts'
import { managed } from '../support/managed.ts'
import { connectTo } from '../support/peer.ts'
import { until } from '../support/until.ts'
import { hasChromium, launchDesktop, launchHidden, listeningPort, useChromium } from './support.ts'

const direct = { kind: 'direct' } as const

async function brokenRule() {
  const taken = await managed(startTcpServer())
  return makeRule({ listen: taken.port, to: 9, route: direct })
}

describe('a notification', () => {
  it('tells of a rule that failed, and why', async () => {
    const rule = await brokenRule()
    const desktop = await launchHidden({ config: makeConfig({ rules: [rule] }) })
    const [notice] = await until('it is shown', () => {
      const { notifications } = desktop.record
      return notifications.length > 0 && notifications
    })
    expect(notice).toMatchObject({
      title: 'Port rule "Test rule" failed',
      body: expect.stringMatching(/^127\.0\.0\.1:\d+ is in use by .*Stop that program/) as string,
    })
  })

  it('tells of a hop that went down while it is used, once', async () => {
    const config = makeConfig({ hops: [makeHop({ port: await freePort() })], rules: [makeRule({ to: 9 })] })
    const desktop = await launchHidden({ config })
    const port = await listeningPort(desktop)
    for (const _ of [1, 2, 3]) {
      const peer = await connectTo(port)
      await until('the connection fails', () => peer.socket.destroyed)
    }
    const { notifications } = desktop.record
    await until('it is shown', () => notifications.length > 0)
    expect(notifications.map(({ title }) => title)).toEqual(['Next hop "Test hop" is down'])
    expect(notifications[0]?.body).toMatch(/refused the connection: nothing listens there\./)
  })

  it('is not shown where the user wants none', async () => {
    const rule = await brokenRule()
    const desktop = await launchHidden({
      config: makeConfig({ rules: [rule], settings: { notifications: false } }),
    })
    await until('the rule fails', () => desktop.tray.image.path.includes('problem'))
    expect(desktop.record.notifications).toEqual([])
  })

  it('speaks German where the desktop does', async () => {
    const rule = await brokenRule()
    const desktop = await launchHidden({ config: makeConfig({ rules: [rule] }), locale: 'de-DE' })
    await until('it is shown', () => desktop.record.notifications.length > 0)
    expect(desktop.record.notifications[0]?.title).toBe('Portregel „Test rule“ ist fehlgeschlagen')
  })
})

describe.skipIf(!hasChromium)('a notification and the window', () => {
  const browser = useChromium()

  it('a click opens the window; while that is in front, it is enough', async () => {
    const rule = await brokenRule()
    const desktop = await launchDesktop({
      browser: browser(),
      config: makeConfig({ rules: [rule] }),
      args: ['--hidden'],
    })
    await until('it is shown', () => desktop.record.notifications.length > 0)
    desktop.record.notifications[0]?.emit('click')
    const page = await desktop.page()
    const other = { ...(await brokenRule()), id: 'other', name: 'Other' }
    await page.evaluate((added) => window.nexthop?.request('rule.save', { rule: added }), other)
    await until('it failed', () => desktop.tray.menu.lines().some((line) => line.endsWith('Other (failed)')))
    expect(desktop.record.notifications).toHaveLength(1)
  })
})

describe('the filter of notices', () => {
  it('tells the same again only after a while, and never many at a time', () => {
    let now = 0
    const isNew = createNoticeFilter({ repeatMs: 600_000, burst: 3, burstMs: 60_000 }, () => now)
    expect(isNew('rule a')).toBe(true)
    expect(isNew('rule a')).toBe(false)
    expect(isNew('rule b')).toBe(true)
    expect(isNew('hop c')).toBe(true)
    expect(isNew('hop d')).toBe(false)
    now = 60_000
    expect(isNew('hop d')).toBe(true)
    expect(isNew('rule a')).toBe(false)
    now = 600_000
    expect(isNew('rule a')).toBe(true)
  })
})
