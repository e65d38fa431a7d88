import { describe, expect, it } from 'vitest'
import { quitSafely } from '../../main/electron/safe-quit.ts'
import { StandInApp } from '../support/electron-stand-in/app.ts'
import { makeConfig, makeRule } from '../support/config.ts'
import { managed } from '../support/managed.ts'
import { connectTo } from '../support/peer.ts'
import { startEcho } from '../support/targets.ts'
import { until, within } from '../support/until.ts'
import { EventEmitter } from 'node:events'
import { hasChromium, launchDesktop, launchHidden, listeningPort, makeHome, useChromium } from './support.ts'

async function launchWithConnection(drainMs: number) {
  const echo = await managed(startEcho())
  const rules = [makeRule({ to: echo.port, route: { kind: 'direct' } })]
  const desktop = await launchHidden({ config: makeConfig({ rules, settings: { drainMs } }) })
  const port = await listeningPort(desktop)
  const peer = await connectTo(port)
  await peer.write('ping')
  await until('the connection is through', () => peer.received.length === 4)
  return { desktop, peer, port }
}

describe('quitting', () => {
  it('lets open connections end, and takes no new ones', async () => {
    const { desktop, peer, port } = await launchWithConnection(60_000)
    desktop.tray.menu.choose('Quit Nexthop')
    expect(desktop.tray.menu.lines()).toEqual(['Ending connections … (disabled)', 'Quit now'])
    await until('nobody listens any more', () =>
      connectTo(port).then(
        (late) => (late.reset(), false),
        () => true,
      ),
    )
    await peer.write('pong')
    await until('the connection still works', () => peer.received.toString() === 'pingpong')
    expect(desktop.app.isOpen).toBe(true)
    peer.end()
    expect(await desktop.exitCode()).toBe(0)
    expect(desktop.tray.isGone).toBe(true)
  })

  it('waits for no connection longer than the settings say', async () => {
    const { desktop } = await launchWithConnection(50)
    desktop.app.quit()
    expect(await within('the app ends', desktop.exitCode(), 5000)).toBe(0)
  })

  it('is at once when it is asked for a second time', async () => {
    const { desktop } = await launchWithConnection(60_000)
    desktop.tray.menu.choose('Quit Nexthop')
    expect(desktop.app.isOpen).toBe(true)
    desktop.tray.menu.choose('Quit now')
    expect(desktop.app.isOpen).toBe(false)
  })

  it('is at once when the system shuts down', async () => {
    const { desktop } = await launchWithConnection(60_000)
    desktop.powerMonitor.emit('shutdown')
    desktop.app.quit()
    expect(desktop.app.isOpen).toBe(false)
  })

  it.each([
    ['never ends', () => new Promise<void>(() => undefined)],
    ['fails', () => Promise.reject(new Error('broken'))],
  ])('comes to an end even where the drain %s', async (_name, drain) => {
    const app = new StandInApp({ home: '/', locks: new Map(), args: [] })
    const powerMonitor = new EventEmitter()
    quitSafely({ app, powerMonitor, onQuitting: () => undefined, drain, boundMs: () => 10 } as never)
    app.quit()
    expect(app.isOpen).toBe(true)
    await until('it ends', () => !app.isOpen)
  })
})

describe('a second instance', () => {
  it('with --quit ends the first, and both end well', async () => {
    const home = await makeHome()
    const locks = new Map<string, StandInApp>()
    const first = await launchHidden({ home, locks })
    const second = await launchHidden({ home, locks, args: ['--quit'] })
    expect(await second.exitCode()).toBe(0)
    expect(await first.exitCode()).toBe(0)
    expect(second.record.trays).toEqual([])
  })

  it('with --hidden changes nothing', async () => {
    const home = await makeHome()
    const locks = new Map<string, StandInApp>()
    const first = await launchHidden({ home, locks })
    const second = await launchHidden({ home, locks })
    expect(await second.exitCode()).toBe(0)
    await new Promise((resolve) => setImmediate(resolve))
    expect(first.app.isOpen).toBe(true)
    expect(first.record.windows).toEqual([])
  })

  it('with --quit, where there is no first, starts nothing', async () => {
    const only = await launchHidden({ args: ['--quit'] })
    expect(await only.exitCode()).toBe(0)
    expect(only.record.trays).toEqual([])
  })
})

describe.skipIf(!hasChromium)('a second instance without arguments', () => {
  const browser = useChromium()

  it('shows the window of the first', async () => {
    const home = await makeHome()
    const locks = new Map<string, StandInApp>()
    const first = await launchDesktop({ browser: browser(), home, locks, args: ['--hidden'] })
    const second = await launchDesktop({ home, locks })
    expect(await second.exitCode()).toBe(0)
    expect(await (await first.page()).title()).toBe('Small page')
    first.window?.minimize()
    await launchDesktop({ home, locks })
    await until('it is in front', () => first.window?.isFocused() && !first.window.isMinimized())
    expect(first.record.windows).toHaveLength(1)
  })
})
