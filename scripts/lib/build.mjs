import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot, root } from './paths.mjs'
import { run } from './run.mjs'

/**
 * @typedef {object} Part A part of the app that is built.
 * @property {string} name
 * @property {string} config
 * @property {readonly string[]} sources The files and folders whose change makes its output stale.
 * @property {string} [script] The build tool, where it is not vite itself.
 * @property {readonly string[]} [variables] Of the environment, that are built in.
 */

/** @type {readonly Part[]} */
const parts = [
  {
    name: 'headless',
    config: 'vite.headless.config.ts',
    sources: ['shared', 'main/app', 'main/engine', 'main/headless'],
  },
  { name: 'renderer', config: 'vite.renderer.config.ts', sources: ['shared', 'renderer'] },
  {
    name: 'desktop',
    config: 'electron.vite.config.ts',
    sources: ['shared', 'main/app', 'main/engine', 'main/electron', 'assets'],
    script: 'node_modules/electron-vite/bin/electron-vite.js',
    variables: ['NEXTHOP_UPDATE_URL', 'NEXTHOP_UPDATE_KEY'],
  },
]

const common = ['package.json', 'package-lock.json']

/**
 * Builds the parts that are stale into out/.
 * @param {{ quiet: boolean, force?: boolean, only?: readonly string[] }} options `only` names the parts that are needed.
 * @returns {Promise<number>} The build tool's exit code, 0 where nothing was to be done.
 */
export async function build({ quiet, force = false, only }) {
  for (const part of parts) {
    const { name, config, sources, variables = [] } = part
    if (only && !only.includes(name)) continue
    if (!existsSync(inRoot(config))) continue
    const digest = digestOf(root, [...common, config, ...sources], variables)
    if (!force && readText(stampOf(name)) === digest) continue
    if (quiet) console.error(`Building ${name} …`)
    const code = await buildPart(part, quiet)
    if (code !== 0) return code
    mkdirSync(inRoot('out'), { recursive: true })
    writeFileSync(stampOf(name), digest)
  }
  return 0
}

/** @param {Part} part @param {boolean} quiet */
async function buildPart({ name, config, script }, quiet) {
  // Built aside and moved into place, so that nobody ever meets half of it. electron-vite has places of its own.
  const aside = inRoot('out', `.${name}-${process.pid}`)
  const args = script
    ? [script, 'build', '--config', config]
    : ['node_modules/vite/bin/vite.js', 'build', '--config', config, '--outDir', aside]
  const result = await run(process.execPath, args, { output: quiet ? 'capture' : 'stderr' })
  if (result.code === 0 && !script) moveIntoPlace(aside, inRoot('out', name))
  if (result.code !== 0) {
    if (quiet) console.error(result.output.trimEnd())
    rmSync(aside, { recursive: true, force: true })
  }
  return result.code
}

/** @param {string} name */
const stampOf = (name) => inRoot('out', `.${name}.sha256`)

/** @param {string} from @param {string} to */
function moveIntoPlace(from, to) {
  const old = `${from}-old`
  if (existsSync(to)) renameSync(to, old)
  renameSync(from, to)
  rmSync(old, { recursive: true, force: true })
}

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/**
 * One hash over the names and contents of files and folders, and over variables of the environment that are set.
 * @param {string} base The folder that the paths begin in. @param {readonly string[]} paths @param {readonly string[]} variables
 */
export function digestOf(base, paths, variables) {
  const hash = createHash('sha256')
  for (const name of variables) if (process.env[name]) hash.update(`${name}=${process.env[name]}\0`)
  for (const path of paths.flatMap((path) => filesBelow(base, path))) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(base, path)))
      .update('\0')
  }
  return hash.digest('hex')
}

/** @param {string} base @param {string} path @returns {string[]} */
function filesBelow(base, path) {
  if (!existsSync(join(base, path))) return []
  if (/\.[a-z]+$/.test(path)) return [path]
  return readdirSync(join(base, path), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const child = `${path}/${entry.name}`
      return entry.isDirectory() ? filesBelow(base, child) : [child]
    })
}
