import { defineConfig } from 'electron-vite'

// The desktop shell. The renderer is built by vite.renderer.config.ts, since both shells serve it. Everything is bundled,
// so that the package needs no node_modules; Electron itself provides "electron".
export default defineConfig({
  main: {
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
