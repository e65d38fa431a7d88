import { describe, expect, it } from 'vitest'
import type { EventHub } from '../../main/app/event-hub.ts'
import { followState } from '../../main/electron/live-state.ts'
import { createNoticeFilter, noticeFor, type Notice } from '../../main/electron/notices.ts'
import { textsFor } from '../../main/electron/texts.ts'
import type { AppEvent } from '../../shared/contract.ts'
import type { Failure } from '../../shared/errors.ts'
import type { Config } from '../../shared/model/config.ts'
import { makeConfig, makeHop, makeRule } from '../support/config.ts'
import { freePort, startTcpServer } from '../support/tcp-server.ts'
import { managed } from '../support/managed.ts'
import { connectTo } from '../support/peer.ts'
import { until } from '../support/until.ts'
import {
  builtRenderer,
  hasChromium,
  launchDesktop,
  launchHidden,
  listeningPort,
  useChromium,
} from './support.ts'

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

describe('what notifications tell of', () => {
  const down = (hopId: string, failure: Failure): AppEvent => ({
    seq: 0,
    name: 'hop.healthChanged',
    data: { hopId, health: { state: 'down', at: Date.now(), retryAt: Date.now() + 60_000, failure } },
  })
  const unreachable = { code: 'hop-unreachable', errno: 'ECONNREFUSED' } as const

  function notices(config: Config, events: readonly AppEvent[]) {
    const listeners: ((event: AppEvent) => void)[] = []
    const hub = {
      subscribe: (_topics: unknown, onEvent: (event: AppEvent) => void) => {
        listeners.push(onEvent)
        return () => undefined
      },
    } as unknown as EventHub
    const told: Notice[] = []
    followState({ hub, config }, (state, change) => {
      const notice = noticeFor(state, change, textsFor('en', 'en'))
      if (notice) told.push(notice)
    })
    for (const event of events) for (const listener of listeners) listener(event)
    return told.map(({ title, action }) => `${title}: ${action}`)
  }

  const hops = ['a', 'b'].map((id) => makeHop({ id, name: id.toUpperCase(), port: 1080 }))
  const route = { kind: 'list', listId: 'l' } as const
  const lists = [{ id: 'l', name: 'Both', hopIds: ['a', 'b'] }]
  const config = makeConfig({ hops, lists, rules: [makeRule({ to: 80, route })] })

  it('a login that is refused, which can be edited', () => {
    expect(notices(config, [down('a', { code: 'hop-auth-failed', login: 'refused' })])).toEqual([
      'Next hop "A" is down: Edit login',
    ])
  })

  it('a certificate that has expired', () => {
    expect(notices(config, [down('b', { code: 'hop-tls-failed', tls: 'expired' })])).toEqual([
      'The certificate of next hop "B" has expired: Test next hop',
    ])
  })

  it('a list, once none of its hops is left, and nothing of what is known', () => {
    const events = [down('a', unreachable), down('a', unreachable), down('b', unreachable)]
    expect(notices(config, events)).toEqual([
      'Next hop "A" is down: Test next hop',
      'Every next hop of "Both" is down: Edit list',
    ])
  })
})

describe.skipIf(!hasChromium)('a notification and the window', () => {
  const browser = useChromium()

  it('its button opens what helps, also in a window that was not there', async () => {
    const rule = await brokenRule()
    const desktop = await launchDesktop({
      browser: browser(),
      config: makeConfig({ rules: [rule] }),
      args: ['--hidden'],
      rendererUrl: builtRenderer(),
    })
    await until('it is shown', () => desktop.record.notifications.length > 0)
    const [notice] = desktop.record.notifications
    expect(notice?.buttons).toEqual(['Use another port'])
    notice?.emit('action')
    const page = await desktop.page()
    const dialog = page.getByRole('dialog', { name: 'Edit Test rule' })
    await dialog.getByRole('button', { name: /^Use port \d+, which is free$/ }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await until('the rule listens', () => listeningPort(desktop))
  })

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
