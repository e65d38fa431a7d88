import { defineConfig } from '@playwright/test'
import { chromiumArgs, chromiumPath } from './test/e2e/support/chromium.ts'

// The web UI in a real Chromium, on the built `nexthop serve`. Run with "npm test build e2e".
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  // On a build machine a slow moment is no failure; what needed another attempt is told as flaky.
  retries: process.env['CI'] ? 2 : 0,
  forbidOnly: true,
  // One that goes through all views needs a third of it where the machine has nothing else to do.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env['NEXTHOP_TALLY']
    ? [['line'], ['./scripts/lib/playwright-tally-reporter.mjs']]
    : [['line']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    launchOptions: {
      args: [...chromiumArgs],
      ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
    },
    screenshot: 'only-on-failure',
    actionTimeout: 10_000,
  },
})
