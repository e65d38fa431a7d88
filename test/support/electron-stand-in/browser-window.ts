import { EventEmitter } from 'node:events'
import type { BrowserWindowConstructorOptions, Rectangle } from 'electron'
import type { StandInApp } from './app.ts'
import { StandInEvent } from './event.ts'
import type { StandInWebContents } from './web-contents.ts'

/** `BrowserWindow`: its frame is made up, its contents are real. */
export class StandInWindow extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions
  readonly webContents: StandInWebContents
  readonly #app: StandInApp
  #bounds: Rectangle
  #isVisible: boolean
  #isFocused = false
  #isMinimized = false
  #isMaximized = false
  #isGone = false

  constructor(app: StandInApp, contents: StandInWebContents, options: BrowserWindowConstructorOptions) {
    super()
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    this.#app = app
    this.options = options
    this.webContents = contents
    const { x = 50, y = 50, width = 800, height = 600, show = true } = options
    this.#bounds = { x, y, width, height }
    this.#isVisible = show
    app.windows.add(this)
    app.emit('web-contents-created', new StandInEvent(), contents)
  }

  async loadURL(url: string): Promise<void> {
    try {
      await this.webContents.load(url)
    } catch (error) {
      if (this.#isGone) return
      throw error
    }
    if (!this.#isGone) this.emit('ready-to-show')
  }

  show(): void {
    this.#mustExist()
    const wasVisible = this.#isVisible
    this.#isVisible = true
    this.#isFocused = true
    if (!wasVisible) this.emit('show')
  }

  hide(): void {
    this.#mustExist()
    if (!this.#isVisible) return
    this.#isVisible = false
    this.#isFocused = false
    this.emit('hide')
  }

  focus(): void {
    this.#mustExist()
    this.#isFocused = this.#isVisible
  }

  blur(): void {
    this.#isFocused = false
  }

  minimize(): void {
    this.#isMinimized = true
    this.#isFocused = false
  }

  restore(): void {
    this.#isMinimized = false
  }

  maximize(): void {
    this.#isMaximized = true
    this.#isVisible = true
  }

  /** As when a person drags it. */
  setBounds(bounds: Rectangle): void {
    this.#bounds = bounds
    this.emit('move')
    this.emit('resize')
  }

  getNormalBounds(): Rectangle {
    return this.#bounds
  }

  isVisible(): boolean {
    return this.#isVisible
  }

  isFocused(): boolean {
    return this.#isFocused
  }

  isMinimized(): boolean {
    return this.#isMinimized
  }

  isMaximized(): boolean {
    return this.#isMaximized
  }

  isDestroyed(): boolean {
    return this.#isGone
  }

  /** As by the button of the title bar. */
  close(): void {
    if (this.#isGone) return
    const event = new StandInEvent()
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }

  destroy(): void {
    if (this.#isGone) return
    this.#isGone = true
    this.#isVisible = false
    this.#app.windows.delete(this)
    void this.webContents.destroy()
    this.emit('closed')
    if (this.#app.windows.size > 0) return
    const hasListener = this.#app.emit('window-all-closed')
    if (!hasListener) this.#app.quit()
  }

  #mustExist(): void {
    if (this.#isGone) throw new TypeError('Object has been destroyed')
  }
}
