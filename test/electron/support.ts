import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { chromium, type Browser } from '@playwright/test'
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, inject, onTestFinished, vi } from 'vitest'
import type { DesktopTimes } from '../../main/electron/desktop.ts'
import { emptyConfig, type Config } from '../../shared/model/config.ts'
import { ElectronStandIn, type StandInOptions } from '../support/electron-stand-in/stand-in.ts'
import { until } from '../support/until.ts'
import { makeTempDir } from '../support/temp-dir.ts'
import { mkdir, writeFile } from 'node:fs/promises'

export const chromiumPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
export const hasChromium = existsSync(chromiumPath)

/** One Chromium for the tests of a `describe`. */
export function useChromium(): () => Browser {
  let browser: Browser | undefined
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] })
  })
  afterAll(async () => {
    await browser?.close()
  })
  return () => {
    if (!browser) throw new Error('Chromium does not run yet')
    return browser
  }
}

export interface LaunchOptions extends Omit<StandInOptions, 'home'> {
  /** A folder of its own if left out. */
  readonly home?: string
  readonly config?: Config | string
  readonly times?: Partial<DesktopTimes>
  /** The folder with the page; a small one for tests if left out. */
  readonly rendererUrl?: URL
}

const fastTimes: DesktopTimes = {
  hiddenWindowMs: 300_000,
  networkPollMs: 60_000,
  settleMs: 1,
  quitGraceMs: 2000,
}

/** The page of the tests: it has a policy to live with, and nothing to do. */
export const smallPage = new URL('page/', import.meta.url)

/** The renderer as it is shipped. */
export function builtRenderer(): URL {
  return pathToFileURL(join(inject('desktopBuild'), 'renderer/'))
}

export async function makeHome(config: Config | string = emptyConfig): Promise<string> {
  const folder = await makeTempDir()
  onTestFinished(() => folder.close())
  await mkdir(folder.file('appData/nexthop-desktop'), { recursive: true })
  const text = typeof config === 'string' ? config : JSON.stringify(config)
  await writeFile(join(folder.path, configPath), text)
  return folder.path
}

/** Below the home folder. */
export const configPath = 'appData/nexthop-desktop/config.json'

/** Runs the desktop app's own code on a stand-in; resolves when it runs, or has ended. It is closed with the test. */
export async function launchDesktop(options: LaunchOptions): Promise<ElectronStandIn> {
  const { config, times, rendererUrl = smallPage, ...rest } = options
  const home = options.home ?? (await makeHome(config))
  const standIn = new ElectronStandIn({ ...rest, home })
  onTestFinished(() => standIn.close())
  // Each run gets modules of its own, as a process would.
  vi.resetModules()
  vi.doMock('electron', () => ({ ...standIn.electronModule, default: standIn.electronModule }))
  const { startShell } = await import('../../main/electron/shell.ts')
  const build = inject('desktopBuild')
  const { argv } = process
  process.argv = standIn.app.argv
  const started = startShell(
    {
      engineUrl: pathToFileURL(join(build, 'main/engine-worker.js')),
      preloadPath: join(build, 'preload/index.cjs'),
      rendererUrl,
      trayImages: new URL('../../assets/tray/', import.meta.url),
    },
    { ...fastTimes, ...times },
  )
  process.argv = argv
  await started
  return standIn
}

/** The same with the tray icon only, which needs no browser. */
export function launchHidden(options: LaunchOptions = {}): Promise<ElectronStandIn> {
  return launchDesktop({ args: ['--hidden'], ...options })
}

/** The port of the one rule in the config, once it listens. */
export function listeningPort(desktop: ElectronStandIn): Promise<number> {
  return until('the rule listens', () => {
    const line = desktop.tray.menu.lines().find((text) => /^ {2}.*:\d+ /.test(text))
    return Number(/:(\d+) /.exec(line ?? '')?.[1] ?? 0)
  })
}
