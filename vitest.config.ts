import { defineConfig } from 'vitest/config'

// The suites that run in Node. test/renderer has its own config, test/e2e runs in Playwright.
const suite = (name: string, testTimeout: number) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout,
    hookTimeout: testTimeout,
    // They run the built command line program.
    globalSetup: name === 'unit' ? [] : ['scripts/lib/vitest-build.mjs'],
  },
})

export default defineConfig({
  test: {
    projects: [suite('unit', 10_000), suite('integration', 60_000), suite('interop', 300_000)],
  },
})
