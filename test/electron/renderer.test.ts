import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { launchBuilt } from '../support/electron-stand-in/launch-built.ts'
import { ElectronStandIn } from '../support/electron-stand-in/stand-in.ts'
import { makeConfig, makeRule } from '../support/config.ts'
import { managed } from '../support/managed.ts'
import { connectTo } from '../support/peer.ts'
import { startEcho } from '../support/targets.ts'
import { until } from '../support/until.ts'
import { builtRenderer, hasChromium, launchDesktop, listeningPort, makeHome, useChromium } from './support.ts'

const config = makeConfig({ rules: [makeRule({ name: 'Postgres', to: 9, route: { kind: 'direct' } })] })

const forwarding = (page: Page) => page.getByRole('switch', { name: 'Forwarding' })

describe.skipIf(!hasChromium)('the renderer in the desktop shell', () => {
  const browser = useChromium()

  it('shows the state, and stays in step with the tray both ways', async () => {
    const desktop = await launchDesktop({ browser: browser(), config, rendererUrl: builtRenderer() })
    const page = await desktop.page()
    await page.getByRole('switch', { name: 'Postgres: on or off' }).waitFor()
    await forwarding(page).click()
    await until('the tray shows it', () => desktop.tray.tooltip === 'Nexthop: forwarding is off')
    desktop.tray.menu.choose('Forwarding')
    await until('the page shows it', () => forwarding(page).isChecked())
    desktop.tray.menu.choose('Postgres')
    await until(
      'the page shows the rule',
      async () => !(await page.getByRole('switch', { name: 'Postgres: on or off' }).isChecked()),
    )
    expect(desktop.window?.webContents.pageErrors).toEqual([])
    expect(desktop.leaks).toEqual([])
  })

  it('shows everything again after the window was away', async () => {
    const desktop = await launchDesktop({
      browser: browser(),
      config,
      rendererUrl: builtRenderer(),
      times: { hiddenWindowMs: 1 },
    })
    await (await desktop.page()).getByText('Postgres').first().waitFor()
    desktop.window?.close()
    await until('the window is destroyed', () => desktop.window === undefined)
    desktop.tray.menu.choose('Forwarding')
    desktop.tray.emit('click')
    const page = await desktop.page()
    await until('the page shows what changed', async () => !(await forwarding(page).isChecked()))
    expect(desktop.window?.webContents.pageErrors).toEqual([])
  })

  it('runs as it is built, with its own preload, engine thread and images', async () => {
    const echo = await managed(startEcho())
    const home = await makeHome(
      makeConfig({ rules: [makeRule({ name: 'Echo', to: echo.port, route: { kind: 'direct' } })] }),
    )
    const desktop = new ElectronStandIn({ browser: browser(), home })
    onTestFinished(() => desktop.close())
    await launchBuilt(desktop, join(inject('desktopBuild'), 'main/index.js'))
    const page = await desktop.page()
    await page.getByText('Echo').first().waitFor()
    const peer = await connectTo(await listeningPort(desktop))
    await peer.write('through the built app')
    await until('the echo arrives', () => peer.received.toString() === 'through the built app')
    peer.end()
    expect(desktop.tray.image.isEmpty()).toBe(false)
    expect(desktop.window?.webContents.pageErrors).toEqual([])
    expect(desktop.leaks).toEqual([])
  })
})
