import './lib/require-node.mjs'
import { build } from './lib/build.mjs'
import { checkNames, runCheck } from './lib/checks.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { runSuite, suiteNames } from './lib/suites.mjs'

// npm test: everything that can be verified on this machine. Names of steps as arguments run those alone.

/** @typedef {import('./lib/tally-reporter.mjs').Tally} Tally */

const known = [...checkNames, 'build', ...suiteNames]
const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`There is no step "${unknown.join('", "')}". The steps are ${known.join(', ')}.`)
  process.exit(2)
}
const wants = (/** @type {string} */ name) => chosen.length === 0 || chosen.includes(name)

await ensureInstalled({ quiet: false })
/** @type {[string, Tally][]} */
const results = []

const checks = checkNames.filter(wants)
const tallies = await Promise.all(checks.map(runCheck))
checks.forEach((name, index) => results.push([name, tallies[index] ?? failed(name)]))

if (wants('build')) {
  const code = await build({ quiet: true })
  console.log(`build: ${code === 0 ? 'fine' : 'failed'}`)
  results.push(['build', code === 0 ? { passed: 1, failed: [], retried: [], skipped: [] } : failed('build')])
}
for (const name of suiteNames.filter(wants)) {
  console.log(`\n${name}:`)
  results.push([name, await runSuite(name)])
}
report(results)

/** @param {string} name @returns {Tally} */
function failed(name) {
  return { passed: 0, failed: [name], retried: [], skipped: [] }
}

/** Ends with one plain line that counts everything. @param {readonly [string, Tally][]} results */
function report(results) {
  const skipped = results.flatMap(([step, tally]) => tally.skipped.map((test) => ({ step, ...test })))
  if (skipped.length > 0) console.log('\nSkipped:')
  for (const { step, name, reason } of skipped) {
    console.log(`  ${step}: ${name}${reason && ` (${reason})`}`)
  }
  const retried = results.flatMap(([step, tally]) => tally.retried.map((name) => `${step}: ${name}`))
  if (retried.length > 0) console.log('\nPassed, but not at the first attempt:')
  for (const name of retried) console.log(`  ${name}`)
  const failures = results.flatMap(([step, tally]) => tally.failed.map((name) => ({ step, name })))
  if (failures.length > 0) console.log('\nFailed:')
  for (const { step, name } of failures) console.log(`  ${step === name ? step : `${step}: ${name}`}`)
  const passed = results.reduce((sum, [, tally]) => sum + tally.passed, 0)
  console.log(`\n${passed} passed, ${failures.length} failed, ${skipped.length} skipped`)
  process.exitCode = failures.length === 0 ? 0 : 1
}
