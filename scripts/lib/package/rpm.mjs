import {
  copyFileSync,
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
 * @typedef {object} Rpm
 * @property {string} outFile
 * @property {string} architecture
 * @property {Readonly<Record<string, string>>} tags What stands at the head of the spec, but for the description.
 * @property {string} description
 * @property {readonly string[]} requires
 * @property {Readonly<Record<string, string>>} scripts The files of the scripts by section: post, postun.
 * @property {(tree: string) => Promise<void>} fill Writes what is installed into a folder.
 */

/** Builds an RPM package with rpmbuild. @param {Rpm} rpm @returns {Promise<string>} The file. */
export async function buildRpm({ outFile, architecture, tags, description, requires, scripts, fill }) {
  const folder = mkdtempSync(join(tmpdir(), 'nexthop-rpm-'))
  try {
    const tree = join(folder, 'tree')
    mkdirSync(tree)
    await fill(tree)
    const spec = join(folder, 'package.spec')
    const lines = [
      ...Object.entries(tags).map(([tag, value]) => `${tag}: ${value}`),
      ...requires.map((name) => `Requires: ${name}`),
      'Release: 1',
      // What is in it was built elsewhere: nothing is stripped, and nothing is made out of its libraries.
      'AutoReqProv: no',
      '%description',
      escape(description),
      '%install',
      `cp -a "${tree}/." "%{buildroot}/"`,
      ...Object.entries(scripts).flatMap(([name, file]) => [`%${name}`, escape(readFileSync(file, 'utf8'))]),
      '%files',
      ...filesBelow(tree).map(({ path, isFolder }) => `${isFolder ? '%dir ' : ''}"/${escape(path)}"`),
      '',
    ]
    writeFileSync(spec, lines.join('\n'))
    const macros = {
      _topdir: join(folder, 'build'),
      _rpmdir: join(folder, 'out'),
      _build_id_links: 'none',
      __os_install_post: '%{nil}',
      debug_package: '%{nil}',
      _binary_payload: 'w6.xzdio',
    }
    const args = [
      ...Object.entries(macros).flatMap(([name, value]) => ['--define', `${name} ${value}`]),
      ...['--target', `${architecture}-linux`, '-bb', spec],
    ]
    const { code, output } = await run('rpmbuild', args, { output: 'capture' })
    if (code !== 0) throw new Error(`rpmbuild failed: ${output}`)
    const built = join(folder, 'out', architecture)
    const [name = ''] = readdirSync(built)
    mkdirSync(dirname(outFile), { recursive: true })
    copyFileSync(join(built, name), outFile)
    return outFile
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Macros begin with "%". @param {string} text */
const escape = (text) => text.replaceAll('%', '%%')

/**
 * The files below a folder, and the folders that are the package's own, which go with it.
 * @param {string} folder
 * @returns {{ path: string, isFolder: boolean }[]}
 */
function filesBelow(folder, prefix = '') {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = join(prefix, entry.name)
    if (!entry.isDirectory()) return [{ path, isFolder: false }]
    const own = path.startsWith('opt/') ? [{ path, isFolder: true }] : []
    return [...own, ...filesBelow(folder, path)]
  })
}
