import { describe, expect, it, onTestFinished } from 'vitest'
import { createDesktopUpdater } from '../../main/electron/updates/desktop-updater.ts'
import { isUpdatedByHand } from '../../main/electron/updates/open-updater.ts'
import type { Channel, UpdateSource } from '../../main/electron/updates/update-source.ts'
import { defaultSettings, type Updates } from '../../shared/model/settings.ts'
import type { UpdateStatus } from '../../shared/updates.ts'
import { until } from '../support/until.ts'

const newer = { version: '2.0.0', notes: '- better' }

function rig({
  updates = 'stable',
  byHand = false,
  firstMs = 3_600_000,
  ...source
}: Partial<UpdateSource> & { updates?: Updates; byHand?: boolean; firstMs?: number } = {}) {
  const statuses: UpdateStatus[] = []
  const asked: Channel[] = []
  let installed = 0
  const updater = createDesktopUpdater({
    settings: () => ({ ...defaultSettings, updates }),
    onStatus: (status) => statuses.push(status),
    byHand,
    times: { firstMs, everyMs: 3_600_000 },
    now: () => 5,
    source: () =>
      Promise.resolve({
        check: (channel) => {
          asked.push(channel)
          return Promise.resolve(newer)
        },
        download: (onPercent) => {
          onPercent(40)
          return Promise.resolve()
        },
        install: () => {
          installed += 1
        },
        ...source,
      }),
  })
  onTestFinished(() => {
    updater.close()
  })
  return { updater, statuses, asked, installed: () => installed }
}

describe('updates', () => {
  it('are found, downloaded and installed only as the user says', async () => {
    const { updater, statuses, installed } = rig()
    updater.install()
    await updater.download()
    expect(statuses).toEqual([])
    await updater.check()
    await updater.download()
    updater.install()
    await until('it is installed', () => installed() === 1)
    expect(statuses).toEqual([
      { state: 'checking' },
      { state: 'available', ...newer, byHand: false },
      { state: 'downloading', version: '2.0.0', percent: 0 },
      { state: 'downloading', version: '2.0.0', percent: 40 },
      { state: 'ready', ...newer },
    ])
  })

  it('of a package manager are told of, and not downloaded', async () => {
    const { updater, statuses } = rig({ byHand: true })
    await updater.check()
    await updater.download()
    expect(statuses.at(-1)).toEqual({ state: 'available', ...newer, byHand: true })
  })

  it('that are none are no news', async () => {
    const { updater } = rig({ check: () => Promise.resolve(undefined) })
    await updater.check()
    expect(updater.status).toEqual({ state: 'idle', checkedAt: 5 })
  })

  it('that fail say why, and can be tried again', async () => {
    let tries = 0
    const { updater } = rig({
      check: () => ((tries += 1) === 1 ? Promise.reject(new Error('no network')) : Promise.resolve(newer)),
    })
    await updater.check()
    expect(updater.status).toEqual({ state: 'failed', message: 'no network' })
    await updater.check()
    expect(updater.status.state).toBe('available')
  })

  it.each([
    ['stable', 'stable'],
    ['beta', 'beta'],
  ] as const)('are looked for in the background on the channel %s', async (updates, channel) => {
    const { asked } = rig({ updates, firstMs: 1 })
    await until('it looks', () => asked.length > 0)
    expect(asked).toEqual([channel])
  })

  it('that are off are looked for only when asked', async () => {
    const { updater, asked } = rig({ updates: 'off', firstMs: 1 })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(asked).toEqual([])
    await updater.check()
    expect(asked).toEqual(['stable'])
  })
})

describe('who updates the app', () => {
  it.each([
    ['linux', {}, true],
    ['linux', { APPIMAGE: '/home/ann/nexthop.AppImage' }, false],
    ['darwin', {}, false],
    ['win32', {}, false],
  ] as const)('on %s with %j: by hand %s', (platform, env, byHand) => {
    expect(isUpdatedByHand(platform, env)).toBe(byHand)
  })
})
