import { build } from './build.mjs'

/** Makes sure, before a suite starts, that the program it runs is built from these sources. */
export async function setup() {
  const code = await build({ quiet: true, only: ['headless'] })
  if (code !== 0) throw new Error('the build failed: see above')
}
