import { readJson } from './json.mjs'
import { inRoot } from './paths.mjs'
import { withProgress } from './progress.mjs'
import { run } from './run.mjs'

/** Installs what package-lock.json asks for, where that is not there yet. @param {{ quiet: boolean }} options */
export async function ensureInstalled({ quiet }) {
  if (isInstalled()) return
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const output = quiet ? 'capture' : 'stderr'
  const result = await withProgress('Installing packages (npm ci, about a minute)', () =>
    run('npm', args, { output, shell: process.platform === 'win32' }),
  )
  if (result.code === 0) return
  if (quiet) console.error(result.output.trimEnd())
  console.error('The packages could not be installed: see above. Check the network, then try again.')
  process.exit(result.code)
}

/**
 * npm notes what it installed in node_modules/.package-lock.json when it is through; contents tell more than the files'
 * times, which a checkout changes.
 */
function isInstalled() {
  return isComplete(packagesOf('package-lock.json'), packagesOf('node_modules', '.package-lock.json'))
}

/** @typedef {{ version?: string, integrity?: string, optional?: boolean }} Entry */

/**
 * Whether all of a lock file is there. Optional packages of other systems are not.
 * @param {Record<string, Entry>} wanted @param {Record<string, Entry>} present
 */
export function isComplete(wanted, present) {
  return Object.entries(wanted).every(([path, entry]) => {
    const installed = present[path]
    if (path === '' || (!installed && entry.optional)) return true
    return installed?.version === entry.version && installed?.integrity === entry.integrity
  })
}

/** @param {...string} path @returns {Record<string, Entry>} */
function packagesOf(...path) {
  const lock = /** @type {{ packages: Record<string, Entry> } | undefined} */ (readJson(inRoot(...path)))
  return lock?.packages ?? {}
}
