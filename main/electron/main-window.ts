import { BrowserWindow, screen, type RenderProcessGoneDetails, type WebContents } from 'electron'
import type { ConfigFile } from '../app/config-file.ts'
import { appUrl } from './app-url.ts'
import { fitWindow, parsePlacement, smallestWindow, type Placement } from './window-placement.ts'

export interface MainWindowOptions {
  readonly preloadPath: string
  /** Where the window was when it was last seen. */
  readonly memory: Pick<ConfigFile, 'read' | 'write'>
  /** A window that was hidden for so long is destroyed, to give its memory back. */
  readonly hiddenMs: number
  /** What the close button does: hide the window, or end the app. */
  readonly closes: () => 'window' | 'app'
  readonly onQuitWanted: () => void
  /** The page is gone with its window. */
  readonly onPageGone: (contents: WebContents) => void
  readonly onProblem: (message: string) => void
  readonly now?: () => number
}

const saveDelayMs = 500
/** A page that crashes more often than this in a minute is not brought back by itself. */
const mostCrashes = 3
const crashWindowMs = 60_000

/** The one window. It is made when it is wanted, and destroyed when nobody looks for a while. */
export class MainWindow {
  readonly #options: MainWindowOptions
  #window: BrowserWindow | undefined
  #hiddenTimer: NodeJS.Timeout | undefined
  #saveTimer: NodeJS.Timeout | undefined
  #crashes: number[] = []
  #isClosing = false

  constructor(options: MainWindowOptions) {
    this.#options = options
  }

  /** True for the contents of this window. */
  owns(contents: WebContents): boolean {
    return this.#window?.webContents === contents
  }

  get isFocused(): boolean {
    return this.#window?.isFocused() ?? false
  }

  /** Brings the window to the front, and makes it if need be. */
  show(): void {
    if (this.#isClosing) return
    const window = this.#window
    if (!window) {
      this.#window = this.#create()
      return
    }
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  /** From now on, the window may be closed. */
  allowClose(): void {
    this.#isClosing = true
    this.#save()
  }

  #create(): BrowserWindow {
    const { preloadPath } = this.#options
    const remembered = this.#readPlacement()
    const workAreas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea)
    const window = new BrowserWindow({
      ...fitWindow(remembered?.bounds, workAreas),
      minWidth: smallestWindow.width,
      minHeight: smallestWindow.height,
      title: 'Nexthop',
      show: false,
      autoHideMenuBar: true,
      webPreferences: {
        preload: preloadPath,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
      },
    })
    if (remembered?.isMaximized) window.maximize()
    this.#listen(window)
    window.once('ready-to-show', () => window.show())
    window.loadURL(appUrl).catch((error: unknown) => {
      this.#options.onProblem(`The window could not load its page: ${String(error)}`)
    })
    return window
  }

  #listen(window: BrowserWindow): void {
    const { webContents: contents } = window
    window.on('close', (event) => {
      if (this.#isClosing) return
      event.preventDefault()
      if (this.#options.closes() === 'window') window.hide()
      else this.#options.onQuitWanted()
    })
    window.on('closed', () => this.#forget(contents))
    window.on('hide', () => {
      this.#save()
      this.#hiddenTimer = setTimeout(() => window.destroy(), this.#options.hiddenMs)
    })
    window.on('show', () => clearTimeout(this.#hiddenTimer))
    window.on('move', () => this.#saveSoon())
    window.on('resize', () => this.#saveSoon())
    window.on('unresponsive', () => this.#options.onProblem('The window does not respond.'))
    contents.on('render-process-gone', (_event, details) => this.#onCrash(window, details))
  }

  #forget(contents: WebContents): void {
    clearTimeout(this.#hiddenTimer)
    clearTimeout(this.#saveTimer)
    this.#window = undefined
    this.#options.onPageGone(contents)
  }

  /** The page has no state of its own, so a new window shows what the old one did. */
  #onCrash(window: BrowserWindow, { reason, exitCode }: RenderProcessGoneDetails): void {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    const wasVisible = window.isVisible()
    this.#save()
    window.destroy()
    const now = (this.#options.now ?? Date.now)()
    this.#crashes = [...this.#crashes.filter((at) => now - at < crashWindowMs), now]
    const isAgain = wasVisible && this.#crashes.length <= mostCrashes
    this.#options.onProblem(
      `The window's process ended (${reason}, exit code ${exitCode}). Forwarding goes on. ` +
        (isAgain ? 'The window is opened again.' : 'Open the window again from the tray icon.'),
    )
    if (isAgain) this.show()
  }

  #readPlacement(): Placement | undefined {
    try {
      return parsePlacement(this.#options.memory.read())
    } catch {
      // A window at its default place is no harm.
      return undefined
    }
  }

  #saveSoon(): void {
    clearTimeout(this.#saveTimer)
    this.#saveTimer = setTimeout(() => this.#save(), saveDelayMs)
  }

  #save(): void {
    const window = this.#window
    if (!window || window.isDestroyed()) return
    const placement: Placement = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() }
    try {
      this.#options.memory.write(JSON.stringify(placement))
    } catch (error) {
      this.#options.onProblem(`The window's place could not be saved: ${String(error)}`)
    }
  }
}
