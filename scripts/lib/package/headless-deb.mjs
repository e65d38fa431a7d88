import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { inRoot } from '../paths.mjs'
import { buildDeb } from './deb.mjs'
import { manifest, writeLauncher, writeProgramFolder } from './program-folder.mjs'

/**
 * @typedef {object} HeadlessDeb
 * @property {string} outFolder
 * @property {{ program: string, license: string, architecture: string } | undefined} node The Node that it brings along;
 *   without one, the package wants the system's.
 */

/**
 * Packs the headless part with its service for Debian and its like. Many of them have no Node that is new enough, so
 * there are two: one with a Node of its own, and one for all architectures that depends on the package nodejs.
 * @param {HeadlessDeb} options
 * @returns {Promise<string>} The package.
 */
export async function buildHeadlessDeb({ outFolder, node }) {
  const { version } = manifest()
  return buildDeb({
    outFile: join(outFolder, `nexthop_${version}_${node ? node.architecture : 'all'}.deb`),
    control: control(node?.architecture),
    scripts: Object.fromEntries(
      ['postinst', 'prerm', 'postrm'].map((name) => [name, inRoot('assets', 'headless', name)]),
    ),
    fill: (tree) => fill(tree, node),
  })
}

/** @param {string} tree The root of what is installed. @param {HeadlessDeb['node']} node */
async function fill(tree, node) {
  const program = join(tree, 'usr', 'lib', 'nexthop')
  mkdirSync(program, { recursive: true })
  await writeProgramFolder(program)
  if (node) {
    cpSync(node.program, join(program, 'node'))
    writeLauncher(join(program, 'bin'), '/usr/lib/nexthop/node')
  }
  const usr = (/** @type {string[]} */ ...parts) => inFolder(tree, 'usr', ...parts)
  symlinkSync('../lib/nexthop/bin/nexthop.mjs', usr('bin', 'nexthop'))
  cpSync(inRoot('assets', 'headless', 'nexthop.service'), usr('lib', 'systemd', 'system', 'nexthop.service'))
  const page = readFileSync(join(program, 'man', 'nexthop.1'))
  writeFileSync(usr('share', 'man', 'man1', 'nexthop.1.gz'), gzipSync(page, { level: 9 }))
  const completions = {
    'nexthop.bash': usr('share', 'bash-completion', 'completions', 'nexthop'),
    _nexthop: usr('share', 'zsh', 'vendor-completions', '_nexthop'),
    'nexthop.fish': usr('share', 'fish', 'vendor_completions.d', 'nexthop.fish'),
  }
  for (const [name, place] of Object.entries(completions)) {
    renameSync(join(program, 'completions', name), place)
  }
  for (const folder of ['man', 'completions']) rmSync(join(program, folder), { recursive: true })
  renameSync(join(program, 'README.md'), usr('share', 'doc', 'nexthop', 'README.md'))
  writeFileSync(usr('share', 'doc', 'nexthop', 'copyright'), copyright(join(program, 'LICENSE'), node))
}

/** The path of a file whose folder is there. @param {...string} parts */
function inFolder(...parts) {
  const file = join(...parts)
  mkdirSync(join(file, '..'), { recursive: true })
  return file
}

/** @param {string} licence @param {HeadlessDeb['node']} node */
function copyright(licence, node) {
  const parts = [
    readFileSync(licence, 'utf8'),
    'Bundled packages and their licences: /usr/lib/nexthop/out/headless/licenses.md and out/renderer/licenses.md.\n',
  ]
  if (node) parts.push(`Node.js, /usr/lib/nexthop/node:\n\n${readFileSync(node.license, 'utf8')}`)
  return parts.join('\n')
}

/** @param {string | undefined} architecture */
function control(architecture) {
  const { version, description, homepage, author } = manifest()
  return {
    Package: 'nexthop',
    Version: version,
    Architecture: architecture ?? 'all',
    Maintainer: `${author.name} <${author.email}>`,
    // Node 24 wants this libc.
    Depends: architecture ? 'libc6 (>= 2.28), libstdc++6 (>= 6)' : 'nodejs (>= 20.19)',
    Section: 'net',
    Priority: 'optional',
    Homepage: homepage,
    Description: `${description}\n The command line program, its web UI, and a service that is off until it is enabled.`,
  }
}
