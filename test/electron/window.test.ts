import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fitWindow, parsePlacement } from '../../main/electron/window-placement.ts'
import { makeConfig, makeRule } from '../support/config.ts'
import { connectTo } from '../support/peer.ts'
import { startEcho } from '../support/targets.ts'
import { managed } from '../support/managed.ts'
import { until } from '../support/until.ts'
import { hasChromium, launchDesktop, listeningPort, makeHome, useChromium } from './support.ts'

const main = { x: 0, y: 25, width: 1440, height: 875 }
const second = { x: 1440, y: 0, width: 1920, height: 1080 }

describe('the place of the window', () => {
  it.each([
    ['the first time, the usual size', undefined, { width: 1100, height: 760 }],
    ['as it was', { x: 10, y: 40, width: 900, height: 700 }, { x: 10, y: 40, width: 900, height: 700 }],
    [
      'on the second display',
      { x: 2000, y: 100, width: 900, height: 700 },
      { x: 2000, y: 100, width: 900, height: 700 },
    ],
    [
      'partly beside the display, but in reach',
      { x: -700, y: 40, width: 900, height: 700 },
      { x: -700, y: 40, width: 900, height: 700 },
    ],
    ['out of reach to the left', { x: -800, y: 40, width: 900, height: 700 }, { width: 900, height: 700 }],
    [
      'with its title bar under the menu bar',
      { x: 0, y: -20, width: 900, height: 700 },
      { width: 900, height: 700 },
    ],
    ['on a display that is gone', { x: 5000, y: 0, width: 900, height: 700 }, { width: 900, height: 700 }],
    [
      'larger than the display',
      { x: 0, y: 25, width: 4000, height: 3000 },
      { x: 0, y: 25, width: 1440, height: 875 },
    ],
    [
      'too small to be used',
      { x: 200, y: 200, width: 200, height: 100 },
      { x: 200, y: 200, width: 360, height: 420 },
    ],
  ])('%s', (_name, remembered, expected) => {
    expect(fitWindow(remembered, [main, second])).toEqual(expected)
  })

  it.each([
    undefined,
    '',
    '[]',
    '{"bounds":{}}',
    '{"bounds":{"x":0.5,"y":0,"width":1,"height":1},"isMaximized":true}',
  ])('is not known from %j', (text) => {
    expect(parsePlacement(text)).toBeUndefined()
  })
})

describe.skipIf(!hasChromium)('the window', () => {
  const browser = useChromium()

  it('comes back where it was', async () => {
    const home = await makeHome()
    const first = await launchDesktop({ browser: browser(), home })
    await first.page()
    first.window?.setBounds({ x: 300, y: 200, width: 1000, height: 650 })
    first.app.quit()
    await first.exitCode()
    const again = await launchDesktop({ browser: browser(), home })
    expect(again.window?.options).toMatchObject({ x: 300, y: 200, width: 1000, height: 650 })
    again.window?.maximize()
    await again.page()
    again.window?.close()
    expect(JSON.parse(await readFile(join(home, 'appData/nexthop-desktop/window.json'), 'utf8'))).toEqual({
      bounds: { x: 300, y: 200, width: 1000, height: 650 },
      isMaximized: true,
    })
  })

  it('comes to the main display where its own is gone, and takes no harm from a broken file', async () => {
    const home = await makeHome()
    const file = join(home, 'appData/nexthop-desktop/window.json')
    await writeFile(file, '{"bounds":{"x":9000,"y":0,"width":900,"height":700},"isMaximized":false}')
    const away = await launchDesktop({ browser: browser(), home })
    expect(away.window?.options).toMatchObject({ width: 900, height: 700 })
    expect(away.window?.options.x).toBeUndefined()
    await away.close()
    await writeFile(file, 'broken')
    const broken = await launchDesktop({ browser: browser(), home })
    expect(broken.window?.options).toMatchObject({ width: 1100, height: 760 })
  })

  it('goes to the tray when it is closed, and is shown again as it was', async () => {
    const desktop = await launchDesktop({ browser: browser() })
    const page = await desktop.page()
    desktop.window?.close()
    expect(desktop.window?.isVisible()).toBe(false)
    expect(desktop.app.isOpen).toBe(true)
    desktop.tray.emit('click')
    expect(await desktop.page()).toBe(page)
    expect(desktop.record.windows).toHaveLength(1)
  })

  it('is destroyed when it was hidden for a while; forwarding goes on, and the tray makes a new one', async () => {
    const echo = await managed(startEcho())
    const config = makeConfig({ rules: [makeRule({ to: echo.port, route: { kind: 'direct' } })] })
    const desktop = await launchDesktop({ browser: browser(), config, times: { hiddenWindowMs: 20 } })
    await desktop.page()
    const first = desktop.window
    first?.close()
    await until('the window is destroyed', () => first?.isDestroyed())
    expect(desktop.app.isOpen).toBe(true)

    const peer = await connectTo(await listeningPort(desktop))
    await peer.write('still here')
    await until('the echo arrives', () => peer.received.toString() === 'still here')
    peer.reset()

    desktop.tray.menu.choose('Open Nexthop')
    expect(await (await desktop.page()).textContent('#state')).toBe('bridge: request, subscribe')
    expect(desktop.record.windows).toHaveLength(2)
  })

  it('is not destroyed when it was shown again in time', async () => {
    const options = { browser: browser(), times: { hiddenWindowMs: 100 } }
    const desktop = await launchDesktop(options)
    const other = await launchDesktop(options)
    await Promise.all([desktop.page(), other.page()])
    const { window } = desktop
    const hiddenLater = other.window
    window?.close()
    desktop.tray.emit('click')
    hiddenLater?.close()
    await until('a window that was hidden later is destroyed', () => hiddenLater?.isDestroyed())
    expect(window?.isDestroyed()).toBe(false)
  })

  it('ends the app when it is closed and the user wants that', async () => {
    const desktop = await launchDesktop({
      browser: browser(),
      config: makeConfig({ settings: { closeToTray: false } }),
    })
    await desktop.page()
    desktop.window?.close()
    expect(await desktop.exitCode()).toBe(0)
  })

  it('comes back when its process crashes, and forwarding goes on', async () => {
    const desktop = await launchDesktop({ browser: browser() })
    const page = await desktop.page()
    const first = desktop.window
    page.goto('chrome://crash').catch(() => undefined)
    await until('the crash is noticed', () => first?.isDestroyed())
    expect(await (await desktop.page()).textContent('#state')).toBe('bridge: request, subscribe')
    expect(desktop.window).not.toBe(first)
  })

  it('does not come back by itself for ever', async () => {
    const desktop = await launchDesktop({ browser: browser() })
    for (let count = 0; count < 4; count += 1) {
      await desktop.page()
      desktop.window?.webContents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 5 })
    }
    expect(desktop.window).toBeUndefined()
    desktop.tray.emit('click')
    await desktop.page()
  })
})
