import { buildHeadlessDeb } from './headless-deb.mjs'
import { buildNpmTarball } from './npm-tarball.mjs'
import { ownNode } from './own-node.mjs'
import { findProgram } from './find-program.mjs'

/** Builds the packages of the headless part. @param {string} outFolder @returns {Promise<import('./desktop-package.mjs').Outcome[]>} */
export async function buildHeadlessPackages(outFolder) {
  const outcomes = [{ name: await buildNpmTarball(outFolder) }]
  if (!findProgram('dpkg-deb')) {
    return [
      ...outcomes,
      { name: 'the headless debs', reason: 'dpkg-deb is not here: install the package dpkg' },
    ]
  }
  outcomes.push({ name: await buildHeadlessDeb({ outFolder, node: undefined }) })
  const node = ownNode()
  if (node) return [...outcomes, { name: await buildHeadlessDeb({ outFolder, node }) }]
  const reason = 'the package "node" brought none for this system'
  return [...outcomes, { name: 'the headless deb with a Node of its own', reason }]
}
