import { writeFileSync } from 'node:fs'

/** @typedef {import('./tally-reporter.mjs').Tally} Tally */

/** A Playwright reporter that writes a tally to the file in NEXTHOP_TALLY. */
// eslint-disable-next-line no-restricted-exports -- Playwright wants one
export default class PlaywrightTallyReporter {
  /** @type {Tally} */
  #tally = { passed: 0, failed: [], retried: [], skipped: [] }
  /** @type {import('@playwright/test/reporter').Suite | undefined} */
  #suite

  printsToStdio() {
    return false
  }

  /** Errors that belong to no test. @param {import('@playwright/test/reporter').TestError} error */
  onError({ message = 'an error outside of tests' }) {
    this.#tally.failed.push(message.split('\n')[0] ?? message)
  }

  /**
   * @param {import('@playwright/test/reporter').FullConfig} _config
   * @param {import('@playwright/test/reporter').Suite} suite
   */
  onBegin(_config, suite) {
    this.#suite = suite
  }

  /** What became of a test in the end, whatever its first attempts were. @param {import('@playwright/test/reporter').TestCase} test */
  #count(test) {
    const [, , file = '', ...titles] = test.titlePath()
    const name = `${file} › ${titles.join(' › ')}`
    if (test.outcome() === 'flaky') this.#tally.retried.push(name)
    if (test.outcome() === 'skipped') this.#tally.skipped.push({ name, reason: reasonOf(test) })
    else if (test.ok()) this.#tally.passed += 1
    else this.#tally.failed.push(name)
  }

  onEnd() {
    for (const test of this.#suite?.allTests() ?? []) this.#count(test)
    writeFileSync(process.env.NEXTHOP_TALLY ?? 'tally.json', JSON.stringify(this.#tally))
  }
}

/** @param {import('@playwright/test/reporter').TestCase} test */
function reasonOf({ annotations }) {
  return annotations.find(({ type }) => type === 'skip')?.description ?? ''
}
