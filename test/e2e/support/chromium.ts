import { accessSync, constants } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/** The Chromium of this system: what CHROMIUM names, else one found on PATH. */
export const chromiumPath = findChromium()

/** Nothing leaves the machine but what a test does, and figures do not suffer from background work. */
export const chromiumArgs: readonly string[] = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
]

function findChromium(): string | undefined {
  const wanted = process.env['CHROMIUM']
  return (wanted ? [wanted] : names).map(findProgram).find((path) => path !== undefined)
}

/** The path of a program, by its path or its name on PATH. */
export function findProgram(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const paths = isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name))
  return paths.find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
