import { defineConfig } from 'vite'

// The headless shell, as plain files for Node: everything is bundled, so that a package needs no dependencies.
export default defineConfig({
  build: {
    ssr: true,
    target: 'node20.19',
    emptyOutDir: true,
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      input: {
        cli: 'main/headless/cli.ts',
        'engine-worker': 'main/engine/worker.ts',
      },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
    },
  },
  ssr: { target: 'node', noExternal: true },
})
