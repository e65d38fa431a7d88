import { build } from './build.mjs'
import { ensureInstalled } from './install.mjs'

/**
 * Installs and builds what is missing or stale; ends the process where that fails.
 * @param {{ quiet: boolean, only?: readonly string[] }} options `quiet` hides npm's output; of a build there is one line.
 */
export async function prepare(options) {
  await ensureInstalled(options)
  const code = await build({ ...options, quiet: true })
  if (code === 0) return
  console.error('The build failed: see above.')
  process.exit(code)
}
