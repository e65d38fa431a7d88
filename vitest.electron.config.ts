import { defineConfig } from 'vitest/config'

// The code of main/electron on a stand-in for the electron module, with windows in a real Chromium.
export default defineConfig({
  test: {
    name: 'electron',
    include: ['test/electron/**/*.test.ts', 'test/e2e-electron/**/*.test.ts'],
    globalSetup: ['test/electron/build-desktop.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // On a build machine a slow moment is no failure.
    retry: process.env['CI'] ? 2 : 0,
    // electron-store imports electron, which must be the stand-in there, too.
    // The built app is loaded as it is, by Node.
    server: { deps: { inline: ['electron-store'], external: [/\/out\/main\//] } },
  },
})
