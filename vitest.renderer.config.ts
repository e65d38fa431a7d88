import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
  resolve: { conditions: ['browser'] },
  test: {
    name: 'renderer',
    include: ['test/renderer/**/*.test.ts'],
    environment: 'happy-dom',
    testTimeout: 10_000,
  },
})
