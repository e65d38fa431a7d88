import { symlink } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { makeTempDir } from '../support/temp-dir.ts'
import { mustRun } from '../support/process.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder with main/, preload/ and renderer/, built from the present sources. */
    readonly desktopBuild: string
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Builds the desktop app into a folder of its own for all tests here; returns the function that removes it. */
// eslint-disable-next-line no-restricted-exports -- vitest wants one
export default async function buildDesktop({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await makeTempDir()
  const build = (script: string, config: string, outDir: string) =>
    mustRun(process.execPath, [`node_modules/${script}`, 'build', '--config', config, '--outDir', outDir], {
      cwd: root,
    })
  // The layout of the repository, as far as the built app looks for things.
  await symlink(`${root}assets`, folder.file('assets'))
  await build('electron-vite/bin/electron-vite.js', 'electron.vite.config.ts', folder.file('out'))
  await build('vite/bin/vite.js', 'vite.renderer.config.ts', folder.file('out/renderer'))
  provide('desktopBuild', folder.file('out'))
  return () => folder.close()
}
