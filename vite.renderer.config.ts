import { svelte } from '@sveltejs/vite-plugin-svelte'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

// The same files are served by the app:// scheme and by `nexthop serve`, so every address in them is relative.
export default defineConfig({
  root: fileURLToPath(new URL('renderer', import.meta.url)),
  base: './',
  publicDir: false,
  plugins: [
    svelte({
      configFile: false,
      // The hash is part of every element that has a style of its own; a short one makes the bundle smaller.
      compilerOptions: { runes: true, cssHash: ({ hash, css }) => `s${hash(css).slice(0, 5)}` },
    }),
  ],
  build: {
    outDir: fileURLToPath(new URL('out/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    // The content security policy allows no data: addresses, and the polyfill is for browsers that are too old anyway.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    license: { fileName: 'licenses.md' },
    rolldownOptions: { treeshake: { manualPureFunctions: ['call', 'returns'] } },
  },
})
