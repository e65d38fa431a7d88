import './lib/require-node.mjs'
import { buildDesktopPackages, findElectronDist } from './lib/package/desktop-package.mjs'
import { buildHeadlessPackages } from './lib/package/headless-packages.mjs'
import { inRoot } from './lib/paths.mjs'
import { prepare } from './lib/prepare.mjs'
import { run } from './lib/run.mjs'
import { withProgress } from './lib/progress.mjs'

// npm run package [-- FOLDER [TARGET…]]: everything that can be built on this system, into dist/ or another folder, and
// a list of what was left out, why, and how to supply what it needs. Fails only where something that could be built was not.

const [outFolder = inRoot('dist'), ...only] = process.argv.slice(2)

await prepare({ quiet: true })
const outcomes = only.length === 0 ? await buildHeadlessPackages(outFolder) : []
outcomes.push(...(await desktop()))
for (const { name, reason } of outcomes) {
  console.log(reason === undefined ? `built     ${name}` : `left out  ${name}: ${reason}`)
}
console.log(`\nThe packages are in ${outFolder}`)

/** @returns {Promise<import('./lib/package/desktop-package.mjs').Outcome[]>} */
async function desktop() {
  if (!findElectronDist() && !process.env.NEXTHOP_ELECTRON_DIST) {
    await withProgress('Downloading the Electron runtime', () =>
      run(process.execPath, [inRoot('node_modules', 'electron', 'install.js')], {
        output: 'capture',
        timeoutMs: 180_000,
      }),
    )
  }
  const electronDist = findElectronDist()
  if (electronDist) {
    return buildDesktopPackages({ outFolder, electronDist, ...(only.length > 0 && { only }) })
  }
  const reason =
    'the Electron runtime is not here and could not be downloaded; name a folder or zip with it in NEXTHOP_ELECTRON_DIST'
  return [{ name: 'the desktop app', reason }]
}
