import './lib/require-node.mjs'
import { buildHeadlessDeb } from './lib/package/headless-deb.mjs'
import { buildNpmTarball } from './lib/package/npm-tarball.mjs'
import { ownNode } from './lib/package/own-node.mjs'
import { findProgram } from './lib/package/find-program.mjs'
import { inRoot } from './lib/paths.mjs'
import { prepare } from './lib/prepare.mjs'

// npm run package:headless [FOLDER]: the npm package and the Debian packages of the headless part, into dist/.

const outFolder = process.argv[2] ?? inRoot('dist')

await prepare({ quiet: true, only: ['headless', 'renderer'] })
console.log(`built     ${await buildNpmTarball(outFolder)}`)
if (findProgram('dpkg-deb')) {
  const node = ownNode()
  console.log(`built     ${await buildHeadlessDeb({ outFolder, node: undefined })}`)
  if (node) console.log(`built     ${await buildHeadlessDeb({ outFolder, node })}`)
  else console.log('left out  the deb with its own Node: the package "node" brought none for this system')
} else {
  console.log('left out  the debs: dpkg-deb is not here (it is in the package dpkg, on other systems too)')
}
