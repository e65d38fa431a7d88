import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../run.mjs'
import { manifest, writeProgramFolder } from './program-folder.mjs'

/** Packs the headless part for "npm install -g". @param {string} outFolder @returns {Promise<string>} The tarball. */
export async function buildNpmTarball(outFolder) {
  const folder = mkdtempSync(join(tmpdir(), 'nexthop-npm-'))
  try {
    await writeProgramFolder(folder)
    mkdirSync(outFolder, { recursive: true })
    const args = ['pack', folder, '--pack-destination', outFolder, '--loglevel=error']
    const { code, output } = await run('npm', args, {
      output: 'capture',
      shell: process.platform === 'win32',
    })
    if (code !== 0) throw new Error(`npm pack failed: ${output}`)
    const { name, version } = manifest()
    return join(outFolder, `${name}-${version}.tgz`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
