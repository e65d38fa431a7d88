import type { CustomScheme, Protocol, Session, WebRequest } from 'electron'
import type { StandInApp } from './app.ts'

type SchemeHandler = Parameters<Protocol['handle']>[1]
type RequestListener = Parameters<WebRequest['onBeforeRequest']>[0] & ((...input: never[]) => unknown)
type PermissionHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>
type DeviceHandler = NonNullable<Parameters<Session['setDevicePermissionHandler']>[0]>
type DisplayHandler = NonNullable<Parameters<Session['setDisplayMediaRequestHandler']>[0]>
export type PermissionName = Parameters<PermissionHandler>[1]

/** `protocol`. */
export class StandInProtocol {
  readonly schemes: CustomScheme[] = []
  readonly handlers = new Map<string, SchemeHandler>()
  readonly #app: StandInApp

  constructor(app: StandInApp) {
    this.#app = app
  }

  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    this.#app.mustNotBeReady('protocol.registerSchemesAsPrivileged')
    this.schemes.push(...schemes)
  }

  handle(scheme: string, handler: SchemeHandler): void {
    if (!this.#app.isReady()) throw new Error('protocol.handle can only be used once the app is ready')
    this.handlers.set(scheme, handler)
  }
}

/** `session.defaultSession`: without handlers it grants everything, as Electron does. */
export class StandInSession {
  readonly protocol: StandInProtocol
  readonly webRequest: { onBeforeRequest(listener: RequestListener): void }
  #onRequest: RequestListener | undefined
  #permission: PermissionHandler | undefined
  #check: CheckHandler | undefined
  #device: DeviceHandler | undefined
  #display: DisplayHandler | undefined

  constructor(protocol: StandInProtocol) {
    this.protocol = protocol
    this.webRequest = {
      onBeforeRequest: (listener) => {
        this.#onRequest = listener
      },
    }
  }

  setPermissionRequestHandler(handler: PermissionHandler | null): void {
    this.#permission = handler ?? undefined
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#check = handler ?? undefined
  }

  setDevicePermissionHandler(handler: DeviceHandler | null): void {
    this.#device = handler ?? undefined
  }

  setDisplayMediaRequestHandler(handler: DisplayHandler | null): void {
    this.#display = handler ?? undefined
  }

  /** Whether a page would be granted a permission that it asks for, or looks up. */
  async asks(
    permission: PermissionName,
  ): Promise<{ requested: boolean; checked: boolean; display: boolean }> {
    const requested = await new Promise<boolean>((resolve) => {
      // The shell looks at the name alone.
      const ask = this.#permission as ((...input: unknown[]) => void) | undefined
      if (ask) ask(null, permission, resolve, {})
      else resolve(true)
    })
    const check = this.#check as ((...input: unknown[]) => boolean) | undefined
    const device = this.#device as ((details: unknown) => boolean) | undefined
    const streams = await new Promise<unknown>((resolve) => {
      const ask = this.#display as
        ((request: unknown, callback: (streams: unknown) => void) => void) | undefined
      if (ask) ask({}, resolve)
      else resolve({})
    })
    return {
      requested,
      checked: (check?.(null, permission, '', {}) ?? true) || (device?.({}) ?? true),
      display: streams !== null,
    }
  }

  /** True where the app cancels a request. */
  async cancels(url: string): Promise<boolean> {
    const listener = this.#onRequest as
      ((details: { url: string }, callback: (response: { cancel?: boolean }) => void) => void) | undefined
    if (!listener) return false
    const { cancel = false } = await new Promise<{ cancel?: boolean }>((resolve) => {
      listener({ url }, resolve)
    })
    return cancel
  }

  /** The app's answer to a request for a scheme that it handles. */
  async answer(url: string, init?: RequestInit): Promise<Response | undefined> {
    const handler = this.protocol.handlers.get(new URL(url).protocol.slice(0, -1))
    return handler?.(new Request(url, init))
  }
}
