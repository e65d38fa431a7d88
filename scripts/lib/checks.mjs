import { existsSync } from 'node:fs'
import { inRoot } from './paths.mjs'
import { run } from './run.mjs'

/** @typedef {import('./tally-reporter.mjs').Tally} Tally */

const bin = {
  prettier: 'node_modules/prettier/bin/prettier.cjs',
  eslint: 'node_modules/eslint/bin/eslint.js',
  tsc: 'node_modules/typescript/bin/tsc',
  svelteCheck: 'node_modules/svelte-check/bin/svelte-check',
}

/** Each static check, as the commands that it is made of. */
const checks = {
  format: [[bin.prettier, '--check', '--log-level=warn', '.']],
  lint: [[bin.eslint, '--max-warnings=0', '.']],
  types: [
    [bin.tsc, '--project', 'tsconfig.shared.json'],
    [bin.tsc, '--project', 'tsconfig.node.json'],
    [bin.tsc, '--project', 'tsconfig.electron.json'],
    ...(existsSync(inRoot('renderer'))
      ? [[bin.svelteCheck, '--tsconfig', './tsconfig.renderer.json', '--fail-on-warnings']]
      : []),
  ],
}
export const checkNames = /** @type {(keyof typeof checks)[]} */ (Object.keys(checks))

/**
 * Runs one check, which counts as one test.
 * @param {keyof typeof checks} name
 * @returns {Promise<Tally>}
 */
export async function runCheck(name) {
  for (const args of checks[name]) {
    const { code, output } = await run(process.execPath, args, { output: 'capture' })
    if (code === 0) continue
    console.log(`${name}: failed\n${output.trimEnd()}`)
    return { passed: 0, failed: [name], retried: [], skipped: [] }
  }
  console.log(`${name}: fine`)
  return { passed: 1, failed: [], retried: [], skipped: [] }
}
