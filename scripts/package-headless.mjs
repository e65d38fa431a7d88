import './lib/require-node.mjs'
import { buildHeadlessPackages } from './lib/package/headless-packages.mjs'
import { inRoot } from './lib/paths.mjs'
import { prepare } from './lib/prepare.mjs'

// npm run package:headless [-- FOLDER]: the npm package and the Debian packages of the headless part, into dist/.

await prepare({ quiet: true, only: ['headless', 'renderer'] })
for (const { name, reason } of await buildHeadlessPackages(process.argv[2] ?? inRoot('dist'))) {
  console.log(reason === undefined ? `built     ${name}` : `left out  ${name}: ${reason}`)
}
