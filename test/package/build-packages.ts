import { mustRun } from '../support/process.ts'
import { makeTempDir } from '../support/temp-dir.ts'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder with the packages of the headless part, built from the present sources. */
    readonly headlessPackages: string
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Builds the packages for all tests here; returns the function that removes them. */
// eslint-disable-next-line no-restricted-exports -- vitest wants one
export default async function buildPackages({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await makeTempDir()
  await mustRun(process.execPath, ['scripts/package-headless.mjs', folder.path], {
    cwd: root,
    timeoutMs: 180_000,
  })
  provide('headlessPackages', folder.path)
  return () => folder.close()
}
