import { EventEmitter } from 'node:events'
import type { Rectangle } from 'electron'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { until } from '../until.ts'
import { StandInApp, type Locks } from './app.ts'
import { BrowserRouter } from './browser-router.ts'
import type { StandInWindow } from './browser-window.ts'
import type { StandInTray } from './desktop-things.ts'
import { createElectronModule, type DesktopRecord, type ModuleParts } from './electron-module.ts'
import { StandInIpcMain } from './ipc-main.ts'
import { StandInProtocol, StandInSession } from './session.ts'
import { StandInWebContents } from './web-contents.ts'

export interface StandInOptions {
  /** Needed as soon as the app opens a window. */
  readonly browser?: Browser
  /** The user's folders are below it. */
  readonly home: string
  readonly locks?: Locks
  readonly args?: readonly string[]
  readonly keychain?: ModuleParts['keychain']
  readonly workAreas?: readonly Rectangle[]
  readonly wasOpenedAtLogin?: boolean
  readonly locale?: string
  /** The page's own policy is switched off, to see what the app itself refuses. */
  readonly bypassCsp?: boolean
}

/**
 * One run of a desktop app without the Electron runtime: `electronModule` stands in for the `electron` module, windows
 * are pages of a real Chromium, and what the app does to the desktop can be looked at.
 */
export class ElectronStandIn {
  readonly app: StandInApp
  readonly session: StandInSession
  readonly ipcMain = new StandInIpcMain()
  readonly powerMonitor = new EventEmitter()
  readonly theme = Object.assign(new EventEmitter(), { shouldUseDarkColorsForSystemIntegratedUI: false })
  readonly record: DesktopRecord = {
    windows: [],
    trays: [],
    notifications: [],
    openedLinks: [],
    errorBoxes: [],
    clipboard: '',
    applicationMenu: undefined,
  }
  /** Pages of other hosts, as HTML by URL, for a window that is made to go there. */
  readonly foreignPages = new Map<string, string>()
  readonly electronModule: ReturnType<typeof createElectronModule>
  readonly #options: StandInOptions
  #context: Promise<BrowserContext> | undefined
  #router: BrowserRouter | undefined

  constructor(options: StandInOptions) {
    this.#options = options
    const { home, locks = new Map<string, StandInApp>(), args = [], wasOpenedAtLogin, locale } = options
    this.app = new StandInApp({
      home,
      locks,
      args,
      ...(wasOpenedAtLogin !== undefined && { wasOpenedAtLogin }),
      ...(locale !== undefined && { locale }),
    })
    this.session = new StandInSession(new StandInProtocol(this.app))
    this.electronModule = createElectronModule({
      app: this.app,
      session: this.session,
      ipcMain: this.ipcMain,
      record: this.record,
      powerMonitor: this.powerMonitor,
      theme: this.theme,
      keychain: options.keychain ?? 'keyring',
      workAreas: options.workAreas ?? [{ x: 0, y: 0, width: 1920, height: 1040 }],
      createContents: (preloadPath) =>
        new StandInWebContents(this.ipcMain, preloadPath, async () => (await this.#openContext()).newPage()),
    })
  }

  /** The window that is there now. */
  get window(): StandInWindow | undefined {
    return this.record.windows.find((window) => !window.isDestroyed())
  }

  get tray(): StandInTray {
    const tray = this.record.trays.at(-1)
    if (!tray) throw new Error('there is no tray icon')
    return tray
  }

  /** Requests to other hosts that the app let through. */
  get leaks(): readonly string[] {
    return this.#router?.leaks ?? []
  }

  /** The page of the window that is there now, once it is shown. */
  async page(): Promise<Page> {
    return until('the window shows its page', () => {
      const { window } = this
      return window?.isVisible() ? window.webContents.page : undefined
    })
  }

  /** Waits for the end of the app, and gives its exit code. */
  async exitCode(): Promise<number> {
    await until('the app ends', () => !this.app.isOpen)
    return this.app.exitCode ?? 0
  }

  /** Ends what is left, the browser's pages included. */
  async close(): Promise<void> {
    if (this.app.isOpen) this.app.quit()
    await this.exitCode()
    await (await this.#context)?.close()
  }

  #openContext(): Promise<BrowserContext> {
    this.#context ??= this.#createContext()
    return this.#context
  }

  async #createContext(): Promise<BrowserContext> {
    const { browser, bypassCsp = false } = this.#options
    if (!browser) throw new Error('the app opened a window, for which this test has no browser')
    const context = await browser.newContext({ bypassCSP: bypassCsp, viewport: { width: 1100, height: 760 } })
    this.#router = new BrowserRouter({
      context,
      session: this.session,
      contents: () => this.record.windows.map(({ webContents }) => webContents),
      foreignPages: this.foreignPages,
    })
    await this.#router.start()
    return context
  }
}
