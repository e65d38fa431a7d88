import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface StaticFile {
  readonly type: string
  /** Read at every request: the files may be built anew while we run. */
  read(): Uint8Array
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/**
 * The files below a folder by their URL path. Only what is listed here can be asked for, so that no path leads outside.
 * Empty where there is no such folder.
 */
export function listStaticFiles(folder: URL): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>()
  const root = fileURLToPath(folder)
  for (const entry of entriesOf(root)) {
    const type = types[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const path = join(entry.parentPath, entry.name)
    const url = `/${path.slice(root.length).replaceAll('\\', '/').replace(/^\/+/, '')}`
    files.set(url === '/index.html' ? '/' : url, { type, read: () => readFileSync(path) })
  }
  return files
}

function entriesOf(root: string) {
  try {
    return readdirSync(root, { recursive: true, withFileTypes: true })
  } catch {
    return []
  }
}
