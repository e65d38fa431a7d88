import { defineConfig } from 'electron-vite'

// The desktop shell. The renderer is built by vite.renderer.config.ts, since both shells serve it. Everything is bundled,
// so that the package needs no node_modules; Electron itself provides "electron".
// Where releases look for newer versions, and the key that these must be signed with. Other builds look for none.
const { NEXTHOP_UPDATE_URL: url, NEXTHOP_UPDATE_KEY: publicKey } = process.env
const updateFeed = url && publicKey ? { url, publicKey } : null

export default defineConfig({
  main: {
    define: { __UPDATE_FEED__: JSON.stringify(updateFeed) },
    build: {
      externalizeDeps: false,
      license: { fileName: 'licenses.md' },
      rolldownOptions: {
        input: { index: 'main/electron/index.ts', 'engine-worker': 'main/engine/worker.ts' },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'main/electron/preload/index.ts' },
        // Sandboxed preloads can't load other files, and are CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
})
