import { describe, expect, it } from 'vitest'
import { AppPage } from '../e2e/pages/app-page.ts'
import { runPasted, startWebPage } from '../e2e/support/curl.ts'
import { makeConfig, makeHop, makeRule } from '../support/config.ts'
import type { ElectronStandIn } from '../support/electron-stand-in/stand-in.ts'
import { managed } from '../support/managed.ts'
import { connectTo } from '../support/peer.ts'
import { startSocksServer } from '../support/socks-server.ts'
import { startEcho } from '../support/targets.ts'
import { freePort } from '../support/tcp-server.ts'
import { until } from '../support/until.ts'
import { builtRenderer, hasChromium, launchDesktop, useChromium } from './support.ts'

// The flows of the e2e tests, through the desktop shell's own preload and IPC.

function expectNoComplaints(desktop: ElectronStandIn): void {
  expect(desktop.window?.webContents.pageErrors).toEqual([])
  expect(desktop.leaks).toEqual([])
}

describe.skipIf(!hasChromium)('in the desktop shell', () => {
  const browser = useChromium()
  const openApp = async (config = makeConfig({})) => {
    const desktop = await launchDesktop({ browser: browser(), config, rendererUrl: builtRenderer() })
    const app = new AppPage(await desktop.page())
    await app.isReady()
    return { desktop, app }
  }

  it('an empty app leads to curl through a rule', async () => {
    const web = await managed(startWebPage('hello from behind the proxy'))
    const socks = await managed(startSocksServer())
    const { app, desktop } = await openApp()
    await app.welcome.addHop.click()
    await app.hopDialog.url.fill(`socks5h://127.0.0.1:${socks.port}`)
    await app.hopDialog.test.click()
    await app.hopDialog.verdict.getByText('It works.').waitFor()
    await app.hopDialog.save('Add next hop')
    await app.welcome.addRule.click()
    await app.ruleDialog.fill({ host: 'localhost', port: web.port })
    await app.ruleDialog.save('Add rule')
    await app.welcome.tryLine.waitFor()
    expect(await runPasted(await app.welcome.tryLine.innerText())).toBe('hello from behind the proxy')
    await app.welcome.finish.click()
    await until('the tray has the rule', () =>
      desktop.tray.menu.lines().some((line) => line.includes(`localhost:${web.port}`)),
    )
    expectNoComplaints(desktop)
  })

  it('connections show live, and are closed; a rule is deleted and comes back', async () => {
    const echo = await managed(startEcho())
    const port = await freePort()
    const { app, desktop } = await openApp(
      makeConfig({
        hops: [makeHop({ name: 'Office', port: 1080 })],
        rules: [makeRule({ name: 'Echo', listen: port, to: echo.port, route: { kind: 'direct' } })],
      }),
    )
    await app.rules.status('Echo').getByText('Listening').waitFor()
    const client = await managed(connectTo(port))
    await client.write('x'.repeat(5000))
    await client.take(5000)
    await app.open('Connections')
    await app.connections.title(`127.0.0.1:${echo.port}`).click()
    await app.connections.details.getByRole('button', { name: 'Close connection' }).click()
    expect(await client.ending).toBe('ECONNRESET')

    await app.open('Port rules')
    await app.choose('Echo', 'Delete')
    await until('the rule is gone from the tray', () => !desktop.tray.menu.lines().join().includes('Echo'))
    await app.undo()
    await until('it is back', () => desktop.tray.menu.lines().join().includes('Echo'))
    await until('it listens again', async () => {
      const peer = await connectTo(port).catch(() => undefined)
      await peer?.close()
      return peer !== undefined
    })
    expectNoComplaints(desktop)
  })

  it('the demo runs and cleans up, and the settings of the desktop are there', async () => {
    const { app, desktop } = await openApp()
    await app.page.getByRole('button', { name: 'Try the demo' }).click()
    await app.page.getByText('The demo runs').waitFor()
    await until('the tray has its rule', () => desktop.tray.menu.lines().some((line) => /:\d+ /.test(line)))
    await app.page.getByRole('button', { name: 'End the demo' }).click()
    await until('it is gone', () => desktop.tray.menu.lines().every((line) => !/:\d+ /.test(line)))
    await app.open('Settings')
    const startHidden = app.page.getByRole('switch', { name: 'Start hidden' })
    expect(await startHidden.isChecked()).toBe(true)
    await startHidden.click()
    await until('it is switched off', async () => !(await startHidden.isChecked()))
    expectNoComplaints(desktop)
  })
})
