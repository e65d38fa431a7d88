import { existsSync, readFileSync } from 'node:fs'
import { inRoot } from './paths.mjs'
import { withProgress } from './progress.mjs'
import { run } from './run.mjs'

const downloadTimeoutMs = 180_000

/**
 * The Electron program, fetched where it is missing and a display could show its window.
 * @returns {Promise<{ path: string } | { reason: string }>} `reason` ends the sentence "No desktop window: …".
 */
export async function findDesktop() {
  if (!existsSync(inRoot('main', 'electron', 'index.ts'))) return { reason: 'this version has none yet' }
  if (!hasDisplay()) return { reason: 'there is no display (DISPLAY and WAYLAND_DISPLAY are not set)' }
  // Chromium's sandbox does not, and the window must not be without it.
  if (process.platform === 'linux' && process.getuid?.() === 0)
    return { reason: 'Electron does not run as root' }
  const path = electronPath() ?? (await download())
  return path ? { path } : { reason: 'the Electron runtime is not here and could not be downloaded' }
}

function hasDisplay() {
  if (process.platform === 'darwin' || process.platform === 'win32') return true
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

function electronPath() {
  try {
    const name = readFileSync(inRoot('node_modules', 'electron', 'path.txt'), 'utf8')
    const path = inRoot('node_modules', 'electron', 'dist', name)
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

/** Electron's package brings a script that downloads the program. */
async function download() {
  const script = inRoot('node_modules', 'electron', 'install.js')
  await withProgress('Downloading the Electron runtime', () =>
    run(process.execPath, [script], { output: 'capture', timeoutMs: downloadTimeoutMs }),
  )
  return electronPath()
}
