import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readJson } from './json.mjs'
import { inRoot } from './paths.mjs'
import { run } from './run.mjs'

/** @typedef {import('./tally-reporter.mjs').Tally} Tally */

const playwright = ['node_modules/@playwright/test/cli.js', 'test']

/** @param {...string} options Those that choose the suite. */
function vitest(...options) {
  const reporters = ['--reporter=default', '--reporter=./scripts/lib/tally-reporter.mjs']
  return ['node_modules/vitest/vitest.mjs', 'run', ...options, ...reporters]
}

/**
 * The command of each suite. Each one writes a tally to the file in NEXTHOP_TALLY.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const suites = {
  unit: vitest('--project', 'unit'),
  integration: vitest('--project', 'integration'),
  renderer: vitest('--config', 'vitest.renderer.config.ts'),
  electron: vitest('--config', 'vitest.electron.config.ts'),
  interop: vitest('--project', 'interop'),
  package: vitest('--project', 'package'),
  e2e: playwright,
}

/** The suites that have tests, in the order in which they run. */
export const suiteNames = Object.keys(suites).filter(hasTests)

/** @param {string} suite */
function hasTests(suite) {
  const folder = inRoot('test', suite)
  if (!existsSync(folder)) return false
  return readdirSync(folder, { recursive: true }).some((name) => /\.(test|spec)\.ts$/.test(String(name)))
}

/**
 * Runs one suite under Node 24, the line that ships inside Electron. The tests of the built command line program run
 * it under the Node that runs this script.
 * @param {string} name
 * @returns {Promise<Tally>}
 */
export async function runSuite(name) {
  const folder = mkdtempSync(join(tmpdir(), 'nexthop-test-'))
  const report = join(folder, 'tally.json')
  try {
    const { code } = await run(testNode(), suites[name] ?? [], {
      env: { NEXTHOP_TALLY: report, NEXTHOP_TEST_NODE: process.env.NEXTHOP_TEST_NODE ?? process.execPath },
    })
    const tally = /** @type {Tally} */ (
      readJson(report) ?? { passed: 0, failed: [], retried: [], skipped: [] }
    )
    if (code !== 0 && tally.failed.length === 0) tally.failed.push(`${name} ended with exit code ${code}`)
    return tally
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The Node 24 that the package "node" brings, where it exists for this system. */
function testNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const packaged = inRoot('node_modules', 'node', 'bin', name)
  return existsSync(packaged) ? packaged : process.execPath
}
