import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { quoteExec, setLoginItem } from '../../main/electron/login-item.ts'
import { StandInApp } from '../support/electron-stand-in/app.ts'
import { makeConfig } from '../support/config.ts'
import { until } from '../support/until.ts'
import { configPath, launchHidden, makeHome } from './support.ts'
import { managed } from '../support/managed.ts'
import { makeTempDir } from '../support/temp-dir.ts'

async function place(platform: NodeJS.Platform, env: Record<string, string> = {}) {
  const home = await managed(makeTempDir())
  const app = new StandInApp({ home: home.path, locks: new Map(), args: [] })
  return {
    app,
    file: home.file('.config/autostart/nexthop.desktop'),
    set: (atLogin: boolean, hidden: boolean) =>
      setLoginItem(
        { atLogin, hidden },
        { app, platform, env, home: home.path, execPath: '/opt/Next Hop/electron' },
      ),
  }
}

describe('the start at login', () => {
  it.each(['darwin', 'win32'] as const)('is asked of the system on %s', async (platform) => {
    const { app, set } = await place(platform)
    set(true, true)
    expect(app.loginItem).toEqual({
      openAtLogin: true,
      path: '/opt/Next Hop/electron',
      args: ['/opt/nexthop', '--hidden'],
    })
    set(false, true)
    expect(app.loginItem?.openAtLogin).toBe(false)
  })

  it('is a desktop entry on Linux', async () => {
    const { app, file, set } = await place('linux')
    set(true, true)
    expect(readFileSync(file, 'utf8')).toBe(
      [
        '[Desktop Entry]',
        'Type=Application',
        'Name=Nexthop',
        'Exec="/opt/Next Hop/electron" /opt/nexthop --hidden',
        'Terminal=false',
        'X-GNOME-Autostart-enabled=true',
        '',
      ].join('\n'),
    )
    set(true, false)
    expect(readFileSync(file, 'utf8')).toContain('electron" /opt/nexthop\n')
    set(false, false)
    expect(existsSync(file)).toBe(false)
    set(false, false)
    expect(app.loginItem).toBeUndefined()
  })

  it.runIf(process.platform === 'linux')('follows the settings', async () => {
    const home = await makeHome()
    vi.stubEnv('XDG_CONFIG_HOME', home)
    onTestFinished(() => {
      vi.unstubAllEnvs()
    })
    const desktop = await launchHidden({ home })
    // From outside, taken over with the next change.
    await writeFile(join(home, configPath), JSON.stringify(makeConfig({ settings: { startAtLogin: true } })))
    desktop.tray.menu.choose('Forwarding')
    await until('it is saved', () => desktop.tray.tooltip.endsWith('forwarding is off'))
    expect(readFileSync(join(home, 'autostart/nexthop.desktop'), 'utf8')).toMatch(/^Exec=.* --hidden$/m)
  })

  it('starts the AppImage, not what it unpacked', async () => {
    const { file, set } = await place('linux', { APPIMAGE: '/home/ann/Nexthop.AppImage' })
    set(true, false)
    expect(readFileSync(file, 'utf8')).toContain('Exec=/home/ann/Nexthop.AppImage /opt/nexthop\n')
  })

  it.each([
    ['/opt/nexthop', '/opt/nexthop'],
    ['/opt/next hop', '"/opt/next hop"'],
    ['a"b', '"a\\\\"b"'],
    ['$HOME', '"\\\\$HOME"'],
    ['back\\slash', '"back\\\\\\\\slash"'],
    ['100%', '"100%%"'],
  ])('quotes %s', (argument, quoted) => {
    expect(quoteExec(argument)).toBe(quoted)
  })
})
