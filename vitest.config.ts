import { defineConfig } from 'vitest/config'

/** On a build machine a slow moment is no failure; what needed another attempt is told in the end. */
const retry = process.env['CI'] ? 2 : 0

// The suites that run in Node. test/renderer has its own config, test/e2e runs in Playwright.
const suite = (name: string, testTimeout: number, globalSetup: readonly string[]) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout,
    hookTimeout: testTimeout,
    retry,
    globalSetup: [...globalSetup],
  },
})

/** Of those that run the built command line program. */
const built = ['scripts/lib/vitest-build.mjs']

const packages = suite('package', 300_000, ['test/package/build-packages.ts'])
// The packed desktop app is loaded as it is, by Node.
const packageSuite = { test: { ...packages.test, server: { deps: { external: [/\/out\/main\//] } } } }

export default defineConfig({
  test: {
    projects: [
      suite('unit', 10_000, []),
      suite('integration', 60_000, built),
      suite('interop', 300_000, built),
      packageSuite,
    ],
  },
})
