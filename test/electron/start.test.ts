import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseArguments } from '../../main/electron/arguments.ts'
import { configPath, hasChromium, launchDesktop, makeHome, useChromium } from './support.ts'

describe('the command line', () => {
  it.each([
    [['nexthop'], false, false],
    [['nexthop', '--hidden'], true, false],
    [['electron', '--allow-file-access', '.', '--quit'], false, true],
    [['nexthop', '--hidden=no', 'hidden'], false, false],
  ])('%j', (argv, isHidden, isQuit) => {
    expect(parseArguments(argv)).toEqual({ isHidden, isQuit, links: [] })
  })

  it('has links to next hops, wherever they stand', () => {
    const argv = ['nexthop', 'socks5h://10.0.0.5:1080', '--allow-file-access', 'https://a', 'SOCKS4://b']
    expect(parseArguments(argv).links).toEqual(['socks5h://10.0.0.5:1080', 'SOCKS4://b'])
  })
})

describe.skipIf(!hasChromium)('the desktop app starts', () => {
  const browser = useChromium()

  it('shows its page with the bridge, and nothing else of Electron or Node', async () => {
    const desktop = await launchDesktop({ browser: browser() })
    const page = await desktop.page()
    expect(await page.textContent('#state')).toBe('bridge: request, subscribe')
    const found = await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'contextBridge', 'electron'].filter(
        (name) => name in globalThis,
      ),
    )
    expect(found).toEqual([])
  })

  it('gives its page a sandbox, a world of its own, and no Node', async () => {
    const desktop = await launchDesktop({ browser: browser() })
    await desktop.page()
    expect(desktop.app.isSandboxed).toBe(true)
    expect(desktop.window?.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    })
  })

  it('opens no window with --hidden, only the tray icon', async () => {
    const desktop = await launchDesktop({ browser: browser(), args: ['--hidden'] })
    expect(desktop.record.windows).toEqual([])
    expect(desktop.tray.tooltip).toBe('Nexthop: 0 port rules listen')
    desktop.tray.menu.choose('Open Nexthop')
    expect(await (await desktop.page()).title()).toBe('Small page')
  })

  it('opens no window where the system started it at login, unless that is wanted', async () => {
    const atLogin = { browser: browser(), wasOpenedAtLogin: true }
    expect((await launchDesktop(atLogin)).record.windows).toEqual([])
    const config = JSON.stringify({ version: 1, settings: { startHidden: false } })
    expect((await launchDesktop({ ...atLogin, config })).record.windows).toHaveLength(1)
  })

  it('starts with an empty config where the file is broken, and keeps the file', async () => {
    const home = await makeHome('{"version": 1, "hops": [{]')
    const desktop = await launchDesktop({ browser: browser(), home })
    const files = await readdir(join(home, 'appData/nexthop-desktop'))
    expect(files.filter((name) => name.startsWith('config.'))).toEqual([
      expect.stringMatching(/^config\.broken-.*\.json$/),
    ])
    expect(desktop.record.errorBoxes).toEqual([])
    expect(await readFile(join(home, 'appData/nexthop-desktop/logs/nexthop.log'), 'utf8')).toContain(
      'could not be used, so Nexthop starts with an empty one',
    )
  })

  it('says why where it can not start, and ends', async () => {
    const desktop = await launchDesktop({
      browser: browser(),
      rendererUrl: new URL('no-such-folder/', import.meta.url),
    })
    expect(await desktop.exitCode()).toBe(1)
    expect(desktop.record.errorBoxes).toEqual([
      { title: 'Nexthop could not start', content: expect.stringContaining('no-such-folder') as string },
    ])
  })

  it('keeps its files to the user', async () => {
    const home = await makeHome()
    const desktop = await launchDesktop({ browser: browser(), home })
    const page = await desktop.page()
    await page.evaluate(() => window.nexthop?.request('forwarding.set', { on: false }))
    expect((await stat(join(home, configPath))).mode & 0o777).toBe(0o600)
    expect((await stat(join(home, 'appData/nexthop-desktop/logs/nexthop.log'))).mode & 0o777).toBe(0o600)
  })
})
