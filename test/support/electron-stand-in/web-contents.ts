import { EventEmitter } from 'node:events'
import type { WindowOpenHandlerResponse } from 'electron'
import type { Frame, Page } from '@playwright/test'
import { eventWith } from './event.ts'
import type { StandInIpcMain } from './ipc-main.ts'
import { invokeBinding, preloadScript, receiveKey } from './preload-host.ts'
import { toAppUrl, toWebUrl } from './web-url.ts'

type OpenHandler = (details: { url: string }) => WindowOpenHandlerResponse

/** `webContents` of one window, which is a page of a real Chromium. */
export class StandInWebContents extends EventEmitter {
  /** Errors on the page's console, violations of its policy among them, and uncaught ones. */
  readonly pageErrors: string[] = []
  readonly #ipcMain: StandInIpcMain
  readonly #newPage: () => Promise<Page>
  readonly #preloadPath: string | undefined
  #page: Page | undefined
  #openHandler: OpenHandler = () => ({ action: 'allow' })
  #loading: string | undefined
  #isGone = false
  /** Messages to the page keep their order. */
  #sending: Promise<unknown> = Promise.resolve()

  constructor(ipcMain: StandInIpcMain, preloadPath: string | undefined, newPage: () => Promise<Page>) {
    super()
    this.#ipcMain = ipcMain
    this.#preloadPath = preloadPath
    this.#newPage = newPage
  }

  /** For tests, which look at the page as a person does. Undefined before it is loaded, and when it is gone. */
  get page(): Page | undefined {
    return this.#page
  }

  isDestroyed(): boolean {
    return this.#isGone
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }

  /** As the app loads a page, without asking it. */
  async load(url: string): Promise<void> {
    const page = (this.#page ??= await this.#open())
    this.#loading = url
    await page.goto(toWebUrl(url), { waitUntil: 'load' })
  }

  send(channel: string, ...input: unknown[]): void {
    const copied = structuredClone(input)
    this.#sending = this.#sending.then(() => this.#deliver(channel, copied)).catch(() => undefined)
  }

  async destroy(): Promise<void> {
    this.#isGone = true
    const page = this.#page
    this.#page = undefined
    await page?.close().catch(() => undefined)
  }

  /** Whether the page may go there: asked for each request of a page by the browser. */
  allowsNavigation(url: string, isMainFrame: boolean): boolean {
    if (isMainFrame && url === this.#loading) {
      this.#loading = undefined
      return true
    }
    const names = isMainFrame ? ['will-frame-navigate', 'will-navigate'] : ['will-frame-navigate']
    return names.every((name) => {
      const event = eventWith({ url, isMainFrame, isSameDocument: false, frame: null })
      this.emit(name, event)
      return !event.defaultPrevented
    })
  }

  /** Whether the page may open another one. */
  allowsWindow(url: string): boolean {
    return this.#openHandler({ url }).action === 'allow'
  }

  async #open(): Promise<Page> {
    const page = await this.#newPage()
    page.on('console', (message) => {
      if (message.type() === 'error') this.pageErrors.push(message.text())
    })
    page.on('pageerror', (error) => this.pageErrors.push(String(error)))
    page.on('crash', () => {
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 })
    })
    await page.exposeBinding(invokeBinding, ({ frame }, channel: string, input: unknown[]) =>
      this.#receive(frame, channel, input),
    )
    if (this.#preloadPath) await page.addInitScript({ content: preloadScript(this.#preloadPath) })
    return page
  }

  async #receive(frame: Frame, channel: string, input: readonly unknown[]) {
    const senderFrame = { url: toAppUrl(frame.url()), parent: frame.parentFrame() }
    try {
      return { ok: true, value: await this.#ipcMain.receive(this, senderFrame, channel, input) }
    } catch (error) {
      return { ok: false, value: String(error) }
    }
  }

  async #deliver(channel: string, input: readonly unknown[]): Promise<void> {
    await this.#page?.evaluate(
      ([key, name, values]) => {
        const scope = globalThis as unknown as Record<
          string,
          (name: string, values: readonly unknown[]) => void
        >
        scope[key]?.(name, values)
      },
      [receiveKey, channel, input] as const,
    )
  }
}
