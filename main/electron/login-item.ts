import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { App } from 'electron'

export interface LoginItem {
  readonly atLogin: boolean
  /** Without a window. */
  readonly hidden: boolean
}

export interface LoginItemPlace {
  readonly app: Pick<App, 'setLoginItemSettings' | 'isPackaged' | 'getAppPath'>
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  /** The program that runs. */
  readonly execPath: string
}

/** Makes the system start the app when the user logs in, or no longer. Throws the file system's error on Linux. */
export function setLoginItem({ atLogin, hidden }: LoginItem, place: LoginItemPlace): void {
  const { app, platform, env, execPath } = place
  // From a source folder, Electron itself is started and told the folder.
  const args = [...(app.isPackaged ? [] : [app.getAppPath()]), ...(hidden ? ['--hidden'] : [])]
  if (platform === 'linux') {
    setAutostart(atLogin ? [env['APPIMAGE'] ?? execPath, ...args] : undefined, place)
  } else {
    app.setLoginItemSettings({ openAtLogin: atLogin, path: execPath, args })
  }
}

/** XDG Autostart Specification: one desktop entry in the user's folder. */
function setAutostart(command: readonly string[] | undefined, { env, home }: LoginItemPlace): void {
  const file = join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'autostart', 'nexthop.desktop')
  if (!command) {
    rmSync(file, { force: true })
    return
  }
  const text = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Nexthop',
    `Exec=${command.map(quoteExec).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
  if (readIfAny(file) === text) return
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

function readIfAny(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** Desktop Entry Specification, "The Exec key": quoted, then escaped once more as a string; "%" begins a field code. */
export function quoteExec(argument: string): string {
  if (/^[\w./:=-]+$/.test(argument)) return argument
  const quoted = `"${argument.replace(/["`$\\]/g, (character) => `\\${character}`)}"`
  return quoted.replaceAll('\\', '\\\\').replaceAll('%', '%%')
}
