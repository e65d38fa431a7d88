import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { writeElectronDistribution } from '../support/electron-distribution.ts'
import { run } from '../support/process.ts'
import { makeTempDir } from '../support/temp-dir.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder with the packages of the headless part, built from the present sources. */
    readonly headlessPackages: string
    /** The same of the desktop app, and what the build told. */
    readonly desktopPackages: { readonly folder: string; readonly output: string }
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Builds the packages for all tests here; returns the function that removes them. */
// eslint-disable-next-line no-restricted-exports -- vitest wants one
export default async function buildPackages({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await makeTempDir()
  const script = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(process.execPath, args, {
      cwd: root,
      env: { ...process.env, NEXTHOP_ELECTRON_DIST: folder.file('electron') },
      timeoutMs: 280_000,
    })
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`)
    return `${stdout}${stderr}`
  }
  await script('scripts/package-headless.mjs', folder.file('headless'))
  provide('headlessPackages', folder.file('headless'))
  await writeElectronDistribution(folder.file('electron'))
  // An AppImage needs a runtime that comes from nowhere but its own project.
  const output = await script('scripts/package.mjs', folder.file('desktop'), 'tar.gz', 'deb', 'rpm')
  provide('desktopPackages', { folder: folder.file('desktop'), output })
  return () => folder.close()
}
