import { writeFileSync } from 'node:fs'

/**
 * What became of a suite's tests, by name; `retried` are those that passed, but not at once.
 * @typedef {{ passed: number, failed: string[], retried: string[], skipped: { name: string, reason: string }[] }} Tally
 */

/** A vitest reporter that writes a tally to the file in NEXTHOP_TALLY: vitest's own JSON has no reasons for skips. */
// eslint-disable-next-line no-restricted-exports -- vitest wants one
export default class TallyReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} unhandled Errors that belong to no test.
   */
  onTestRunEnd(modules, unhandled) {
    /** @type {Tally} */
    const tally = { passed: 0, failed: [], retried: [], skipped: [] }
    for (const module of modules) {
      if (module.errors().length > 0) tally.failed.push(module.relativeModuleId)
      for (const test of module.children.allTests()) count(tally, test)
    }
    for (const error of unhandled) tally.failed.push(`outside of tests: ${firstLine(error)}`)
    writeFileSync(process.env.NEXTHOP_TALLY ?? 'tally.json', JSON.stringify(tally))
  }
}

/** @param {unknown} error what vitest makes of it is a plain object */
function firstLine(error) {
  const { message = String(error) } = /** @type {{ message?: string }} */ (error)
  return message.split('\n', 1)[0]
}

/** @param {Tally} tally @param {import('vitest/node').TestCase} test */
function count(tally, test) {
  const result = test.result()
  if (result.state === 'passed' && (test.diagnostic()?.retryCount ?? 0) > 0) tally.retried.push(test.fullName)
  if (result.state === 'passed') tally.passed += 1
  else if (result.state === 'skipped') tally.skipped.push({ name: test.fullName, reason: result.note ?? '' })
  else tally.failed.push(test.fullName)
}
