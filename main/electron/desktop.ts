import { join } from 'node:path'
import { app, ipcMain, powerMonitor, session, shell } from 'electron'
import type { Application } from '../app/application.ts'
import type { Log } from '../app/log.ts'
import { setApplicationMenu } from './application-menu.ts'
import { serveApp } from './app-protocol.ts'
import { createDesktopApplication, type DesktopLog } from './desktop-application.ts'
import { electronStoreFile } from './electron-store-file.ts'
import { followOnDesktop } from './desktop-follower.ts'
import { serveIpc } from './ipc.ts'
import { MainWindow } from './main-window.ts'
import { createNotifier } from './notifications.ts'
import { createRecovery } from './recovery.ts'
import { quitSafely } from './safe-quit.ts'
import { hardenContents, hardenSession } from './security.ts'
import { watchForWake } from './wake-watch.ts'

/** Where the built program's other files are. */
export interface DesktopFiles {
  /** What the engine's thread runs. */
  readonly engineUrl: URL
  readonly preloadPath: string
  /** The folder of the renderer. */
  readonly rendererUrl: URL
  /** The folder of the tray's images. */
  readonly trayImages: URL
}

export interface DesktopTimes {
  /** After so long out of sight, the window is destroyed. */
  readonly hiddenWindowMs: number
  readonly networkPollMs: number
  /** What a network gets to come up before hops are tried. */
  readonly settleMs: number
  /** What quitting may take on top of the drain time of the settings. */
  readonly quitGraceMs: number
}

export const defaultTimes: DesktopTimes = {
  hiddenWindowMs: 300_000,
  networkPollMs: 5000,
  settleMs: 5000,
  quitGraceMs: 5000,
}

export interface Desktop {
  /** The system started it at login, and the user wants no window then. */
  readonly isHiddenAtLogin: boolean
  showWindow(): void
  /** Asks in the window whether to add the next hop of a link. */
  openLink(url: string): void
}

/** Builds the whole desktop app by hand and starts it. Rejects where it can't start; nothing runs then. */
export async function runDesktop(
  { log, close: closeLog }: DesktopLog,
  files: DesktopFiles,
  times: DesktopTimes,
): Promise<Desktop> {
  const application = createDesktopApplication(log, files.engineUrl)
  const settings = () => application.config.settings
  const page = createPage(application, files, times.hiddenWindowMs)
  const notify = createNotifier({
    isWanted: () => settings().notifications && !page.window.isFocused,
    onClick: (key) => {
      application.askForHelp(key)
      page.show()
    },
  })
  const follower = followOnDesktop(application, files.trayImages, page.show, notify)
  const recovery = createRecovery(application, times.settleMs)
  const wake = watchForWake({
    powerMonitor,
    onChange: (reason) => recovery.start(reason),
    pollMs: times.networkPollMs,
  })

  async function close(): Promise<void> {
    wake.close()
    recovery.close()
    await application.close()
    follower.close()
    page.close()
    await closeLog()
  }

  try {
    protectPages(files.rendererUrl, log)
    await application.start()
  } catch (error) {
    await close()
    throw error
  }
  follower.refresh()
  quitSafely({
    app,
    powerMonitor,
    onQuitting: () => {
      page.window.allowClose()
      follower.showClosing()
    },
    drain: close,
    boundMs: () => settings().drainMs + times.quitGraceMs,
  })
  log.info(`Nexthop ${app.getVersion()} runs.`)
  const isHiddenAtLogin = settings().startHidden && app.getLoginItemSettings().wasOpenedAtLogin
  const openLink = (url: string) => {
    // Not the link itself, which may hold a password.
    if (!application.offerLink(url)) log.warn('A link was opened that is not the URL of a next hop.')
    page.show()
  }
  return { isHiddenAtLogin, showWindow: page.show, openLink }
}

/** The renderer's files, and what no page may do. */
function protectPages(rendererUrl: URL, log: Log): void {
  const onRefused = (what: string) => {
    log.warn(`Refused: ${what}.`)
  }
  serveApp(session.defaultSession.protocol, rendererUrl)
  hardenSession(session.defaultSession, { onRefused })
  app.on('web-contents-created', (_event, contents) => {
    hardenContents(contents, { openExternal: (url) => void shell.openExternal(url), onRefused })
  })
}

interface Page {
  readonly window: MainWindow
  readonly show: () => void
  readonly close: () => void
}

/** The window and its line to the application. */
function createPage(application: Application, files: DesktopFiles, hiddenMs: number): Page {
  const { log } = application
  const window = new MainWindow({
    preloadPath: files.preloadPath,
    memory: electronStoreFile(join(app.getPath('userData'), 'window.json')),
    hiddenMs,
    closes: () => (application.config.settings.closeToTray ? 'window' : 'app'),
    onQuitWanted: () => {
      app.quit()
    },
    onPageGone: (contents) => {
      ipc.forget(contents)
    },
    onProblem: (message) => {
      log.error(message)
    },
  })
  const ipc = serveIpc({
    ipcMain,
    application,
    isOwn: (contents) => window.owns(contents),
    onRefused: (what) => {
      log.warn(`Refused: ${what}.`)
    },
  })
  const show = () => {
    window.show()
  }
  app.on('activate', show)
  app.on('window-all-closed', () => {
    // The tray and the engine go on.
  })
  setApplicationMenu(process.platform)
  return { window, show, close: ipc.close }
}
