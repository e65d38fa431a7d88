import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { ElectronStandIn } from './stand-in.ts'

// Runs the built desktop app in this process, each run on a stand-in of its own. Needs Node 22.15 or later.

const registryKey = Symbol.for('nexthop: electron stand-ins')
const scheme = 'electron-stand-in:'

type Registry = Map<string, Readonly<Record<string, unknown>>>

/** Starts `index.js`, as Electron would. It has started when the tray icon or a window is there, or the app has ended. */
export async function launchBuilt(standIn: ElectronStandIn, indexPath: string): Promise<void> {
  const modules = registry()
  const id = String(modules.size + 1)
  modules.set(id, standIn.electronModule)
  const { argv } = process
  process.argv = [...standIn.app.argv]
  try {
    await import(/* @vite-ignore */ `${pathToFileURL(indexPath).href}?stand-in=${id}`)
  } finally {
    process.argv = argv
  }
}

/** The stand-ins by number; with the first, "electron" begins to mean the one that its importer was started for. */
function registry(): Registry {
  const scope = globalThis as unknown as Record<symbol, Registry | undefined>
  const known = scope[registryKey]
  if (known) return known
  const modules: Registry = new Map()
  scope[registryKey] = modules
  registerHooks({
    resolve: (specifier, context, next) => {
      const id = /[?&]stand-in=(\d+)/.exec(context.parentURL ?? '')?.[1]
      if (specifier !== 'electron' || id === undefined) return next(specifier, context)
      return { url: `${scheme}${id}`, format: 'module', shortCircuit: true }
    },
    load: (url, context, next) => {
      if (!url.startsWith(scheme)) return next(url, context)
      const id = url.slice(scheme.length)
      const names = Object.keys(modules.get(id) ?? {}).join(', ')
      const source = `const electron = globalThis[Symbol.for(${JSON.stringify(registryKey.description)})].get('${id}')
export default electron
export const { ${names} } = electron`
      return { format: 'module', source, shortCircuit: true }
    },
  })
  return modules
}
