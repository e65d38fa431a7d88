import { readFileSync } from 'node:fs'

/** The name of the function that carries messages out of the page. */
export const invokeBinding = '__standInInvoke'
/** The key of the function that carries messages into it. */
export const receiveKey = 'electron stand-in: receive'

/**
 * A script for a new page: runs a preload before any other script, with what a sandboxed preload of Electron gets. The
 * page's world is its own, too, here: so what is exposed is copied or wrapped both ways, frozen, and nothing else is left
 * behind on the window.
 */
export function preloadScript(preloadPath: string): string {
  const source = readFileSync(preloadPath, 'utf8')
  return `(${host.toString()})(${JSON.stringify(invokeBinding)}, ${JSON.stringify(receiveKey)}, function (require, module, exports) {
${source}
})`
}

type Preload = (require: (name: string) => unknown, module: object, exports: object) => void
type Listener = (event: object, ...input: unknown[]) => void
type Invoke = (channel: string, input: readonly unknown[]) => Promise<{ ok: boolean; value: unknown }>

/** Runs in the page, so it can use nothing from outside of itself. */
function host(binding: string, receive: string, preload: Preload): void {
  const scope = globalThis as unknown as Record<string, unknown> & { top: unknown; self: unknown }
  if (scope.top !== scope.self || (scope.location as { href: string }).href === 'about:blank') return
  const carry = scope[binding] as Invoke
  // A frame inside the page keeps the carrier, as a broken sandbox would: what it sends must be refused by the app.
  Reflect.deleteProperty(scope, binding)
  const listeners = new Map<string, Listener[]>()

  const ipcRenderer = {
    invoke: async (channel: string, ...input: unknown[]) => {
      const { ok, value } = await carry(channel, structuredClone(input))
      if (!ok) throw new Error(`Error invoking remote method '${channel}': ${String(value)}`)
      return value
    },
    on: (channel: string, listener: Listener) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
    },
  }
  const contextBridge = {
    exposeInMainWorld: (key: string, api: unknown) => {
      Object.defineProperty(scope, key, { value: pass(api), enumerable: true })
    },
  }

  function pass(value: unknown): unknown {
    if (typeof value === 'function') {
      return (...input: unknown[]) => pass((value as (...input: unknown[]) => unknown)(...input.map(pass)))
    }
    if (value instanceof Promise) return value.then(pass)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(pass)
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, part]) => [key, pass(part)])))
  }

  Object.defineProperty(scope, receive, {
    value: (channel: string, input: unknown[]) => {
      for (const listener of listeners.get(channel) ?? []) listener({}, ...input)
    },
  })
  const require = (name: string) => {
    if (name !== 'electron') throw new Error(`module not found: ${name}`)
    return { contextBridge, ipcRenderer }
  }
  const module = { exports: {} }
  preload(require, module, module.exports)
}
