import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { LoginItemSettings, Settings } from 'electron'
import { StandInEvent } from './event.ts'

/** What instances of the app on one machine share: the single instance lock, by the folder of their data. */
export type Locks = Map<string, StandInApp>

export interface StandInAppOptions {
  /** Where `appData` is. */
  readonly home: string
  readonly locks: Locks
  /** What follows the program on the command line. */
  readonly args: readonly string[]
  readonly wasOpenedAtLogin?: boolean
  readonly locale?: string
}

interface Closable {
  close(): void
  destroy(): void
  isDestroyed(): boolean
}

/** `app`: the life of one instance. */
export class StandInApp extends EventEmitter {
  readonly isPackaged = false
  readonly argv: string[]
  readonly windows = new Set<Closable>()
  loginItem: Settings | undefined
  isSandboxed = false
  /** Undefined while it runs. */
  exitCode: number | undefined
  readonly #options: StandInAppOptions
  readonly #paths = new Map<string, string>()
  #isReady = false

  constructor(options: StandInAppOptions) {
    super()
    this.#options = options
    this.argv = ['electron', '.', ...options.args]
  }

  get isOpen(): boolean {
    return this.exitCode === undefined
  }

  isReady(): boolean {
    return this.#isReady
  }

  async whenReady(): Promise<void> {
    await Promise.resolve()
    this.#isReady = true
  }

  enableSandbox(): void {
    this.mustNotBeReady('app.enableSandbox')
    this.isSandboxed = true
  }

  mustNotBeReady(what: string): void {
    if (this.#isReady) throw new Error(`${what} must be called before the app is ready`)
  }

  getPath(name: string): string {
    return this.#paths.get(name) ?? join(this.#options.home, name)
  }

  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`)
    this.#paths.set(name, path)
  }

  getAppPath(): string {
    return '/opt/nexthop'
  }

  getVersion(): string {
    return '1.2.3'
  }

  getLocale(): string {
    return this.#options.locale ?? 'en-GB'
  }

  setAppUserModelId(): void {
    // Of use on Windows only.
  }

  requestSingleInstanceLock(): boolean {
    const { locks } = this.#options
    const key = this.getPath('userData')
    const first = locks.get(key)
    if (first?.isOpen && first !== this) {
      // Chromium adds a switch of its own, and tells the first instance from its own loop.
      const argv = [...this.argv.slice(0, 1), '--allow-file-access', ...this.argv.slice(1)]
      setImmediate(() => first.emit('second-instance', new StandInEvent(), argv, '/', null))
      return false
    }
    locks.set(key, this)
    return true
  }

  setLoginItemSettings(settings: Settings): void {
    this.loginItem = settings
  }

  getLoginItemSettings(): LoginItemSettings {
    return {
      openAtLogin: this.loginItem?.openAtLogin ?? false,
      wasOpenedAtLogin: this.#options.wasOpenedAtLogin ?? false,
      status: 'not-found',
      executableWillLaunchAtLogin: false,
      launchItems: [],
    }
  }

  /** As Electron does it: ask everybody, close every window, ask again, end. */
  quit(): void {
    if (!this.isOpen) return
    if (this.#isRefused('before-quit')) return
    for (const window of [...this.windows]) window.close()
    if (this.windows.size > 0) return
    if (this.#isRefused('will-quit')) return
    this.exit(0)
  }

  exit(code = 0): void {
    if (!this.isOpen) return
    for (const window of [...this.windows]) window.destroy()
    this.exitCode = code
    this.emit('quit', new StandInEvent(), code)
  }

  #isRefused(name: string): boolean {
    const event = new StandInEvent()
    this.emit(name, event)
    return event.defaultPrevented
  }
}
