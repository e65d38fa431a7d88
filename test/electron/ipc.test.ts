import { describe, expect, it } from 'vitest'
import type { Page } from '@playwright/test'
import { makeConfig, makeRule } from '../support/config.ts'
import { until } from '../support/until.ts'
import { hasChromium, launchDesktop, useChromium } from './support.ts'

/** What a page keeps of the events that it gets. */
interface Kept {
  events: { name: string; seq: number }[]
  end: () => void
}
declare const kept: Kept

/** Subscribes in the page; the events are kept there. */
function subscribe(page: Page, topics: readonly 'traffic'[] = []): Promise<string> {
  return page.evaluate(
    (watch) =>
      new Promise<string>((resolve) => {
        const events: { name: string; seq: number }[] = []
        const end = window.nexthop?.subscribe(
          watch,
          (event) => events.push(event as { name: string; seq: number }),
          resolve,
        )
        Object.assign(globalThis, { kept: { events, end } })
      }),
    topics,
  )
}

const namesOf = (page: Page) => page.evaluate(() => kept.events.map(({ name }) => name))

describe.skipIf(!hasChromium)('through preload and IPC', () => {
  const browser = useChromium()

  it('a call gets its answer, with data as it was', async () => {
    const desktop = await launchDesktop({ browser: browser() })
    const page = await desktop.page()
    const reply = await page.evaluate(() => window.nexthop?.request('state.get', {}))
    expect(reply).toMatchObject({
      ok: true,
      value: {
        info: { shell: 'electron', version: '1.2.3', passwordsKept: 'keychain' },
        config: { rules: [], settings: { closeToTray: true, notifications: true, startAtLogin: false } },
        engine: { state: 'running', restarts: 0 },
      },
    })
  })

  it('a call that is refused says why', async () => {
    const desktop = await launchDesktop({ browser: browser() })
    const page = await desktop.page()
    const replies = await page.evaluate(() =>
      Promise.all([
        window.nexthop?.request('no.such', {}),
        window.nexthop?.request('toString', {}),
        window.nexthop?.request('forwarding.set', { on: 'perhaps' }),
      ]),
    )
    expect(replies).toMatchObject([
      { ok: false, code: 'not-found', message: 'There is no such call.' },
      { ok: false, code: 'not-found' },
      { ok: false, code: 'bad-request', issues: [{ path: ['on'] }] },
    ])
  })

  it('events arrive in order, and those of a topic only where it is watched', async () => {
    const config = makeConfig({ rules: [makeRule({ to: 9, route: { kind: 'direct' } })] })
    const desktop = await launchDesktop({ browser: browser(), config })
    const page = await desktop.page()
    expect(await subscribe(page)).toBe('open')
    await page.evaluate(() => window.nexthop?.request('forwarding.set', { on: false }))
    await page.evaluate(() => window.nexthop?.request('forwarding.set', { on: true }))
    await until('the rule listens again', async () => (await namesOf(page)).length >= 4)
    const seqs = await page.evaluate(() => kept.events.map(({ seq }) => seq))
    expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index))
    expect(await namesOf(page)).not.toContain('traffic.ticked')

    await subscribe(page, ['traffic'])
    await until('the traffic is told', async () => (await namesOf(page)).includes('traffic.ticked'))
  })

  it('none arrives after a subscription has ended', async () => {
    const desktop = await launchDesktop({ browser: browser() })
    const page = await desktop.page()
    await subscribe(page)
    await page.evaluate(() => {
      kept.end()
    })
    await page.evaluate(() => window.nexthop?.request('forwarding.set', { on: false }))
    expect(await namesOf(page)).toEqual([])
  })

  it('a page that is loaded anew leaves nothing of the old one behind', async () => {
    const desktop = await launchDesktop({ browser: browser() })
    const page = await desktop.page()
    await subscribe(page, ['traffic'])
    await desktop.window?.webContents.load('app://nexthop/')
    await subscribe(page)
    const sent: unknown[] = []
    const { webContents } = desktop.window ?? {}
    if (!webContents) throw new Error('there is no window')
    const send = webContents.send.bind(webContents)
    webContents.send = (...input) => {
      sent.push(input)
      send(...input)
    }
    await page.evaluate(() => window.nexthop?.request('forwarding.set', { on: false }))
    await until('the page is told', async () => (await namesOf(page)).includes('config.changed'))
    expect(sent.filter((input) => JSON.stringify(input).includes('config.changed'))).toHaveLength(1)
  })

  it('a page can not pile up subscriptions', async () => {
    const desktop = await launchDesktop({ browser: browser() })
    const page = await desktop.page()
    const lines = await page.evaluate(() =>
      Promise.all(
        Array.from(
          { length: 40 },
          () => new Promise((resolve) => window.nexthop?.subscribe([], () => undefined, resolve)),
        ),
      ),
    )
    expect(lines.filter((line) => line === 'open')).toHaveLength(32)
    expect(lines.filter((line) => line === 'lost')).toHaveLength(8)
  })
})
