import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { run } from '../run.mjs'

/**
 * @typedef {object} Deb
 * @property {string} outFile
 * @property {Readonly<Record<string, string>>} control The fields of the control file, but for the size.
 * @property {Readonly<Record<string, string>>} scripts The files of the maintainer scripts by their names.
 * @property {(tree: string) => Promise<void>} fill Writes what is installed into a folder.
 * @property {string} [compression] What dpkg-deb calls it; zstd needs Debian 12 or Ubuntu 22.04.
 */

/** Builds a Debian package with dpkg-deb. @param {Deb} deb @returns {Promise<string>} The file. */
export async function buildDeb({ outFile, control, scripts, fill, compression = 'zstd' }) {
  const tree = mkdtempSync(join(tmpdir(), 'nexthop-deb-'))
  try {
    await fill(tree)
    const files = filesBelow(tree)
    setModes(tree)
    const size = files.reduce((sum, file) => sum + lstatSync(join(tree, file)).size, 0)
    const meta = join(tree, 'DEBIAN')
    mkdirSync(meta)
    const fields = { ...control, 'Installed-Size': String(Math.ceil(size / 1024)) }
    const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`)
    writeFileSync(join(meta, 'control'), lines.join(''))
    writeFileSync(join(meta, 'md5sums'), sums(tree, files))
    for (const [name, file] of Object.entries(scripts)) {
      const place = join(meta, name)
      cpSync(file, place)
      chmodSync(place, 0o755)
    }
    chmodSync(meta, 0o755)
    mkdirSync(dirname(outFile), { recursive: true })
    const args = ['--root-owner-group', `-Z${compression}`, '--build', tree, outFile]
    const { code, output } = await run('dpkg-deb', args, { output: 'capture' })
    if (code !== 0) throw new Error(`dpkg-deb failed: ${output}`)
    return outFile
  } finally {
    rmSync(tree, { recursive: true, force: true })
  }
}

/** @param {string} folder @returns {string[]} The files below it, links among them, as paths from it. */
function filesBelow(folder, prefix = '') {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = join(prefix, entry.name)
    return entry.isDirectory() ? filesBelow(folder, path) : [path]
  })
}

/** Everybody reads, nobody writes but root; whatever this user's umask was. @param {string} folder */
function setModes(folder) {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) setModes(path)
    else if (entry.isFile()) chmodSync(path, lstatSync(path).mode & 0o100 ? 0o755 : 0o644)
  }
}

/** @param {string} folder @param {readonly string[]} files */
function sums(folder, files) {
  return files
    .filter((file) => lstatSync(join(folder, file)).isFile())
    .map((file) => {
      const sum = createHash('md5')
        .update(readFileSync(join(folder, file)))
        .digest('hex')
      return `${sum}  ${file}\n`
    })
    .join('')
}
