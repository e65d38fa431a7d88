import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readJson } from '../json.mjs'
import { inRoot } from '../paths.mjs'
import { run } from '../run.mjs'

// The headless part as a folder that needs nothing but Node: what the npm package and the deb are made of.

/**
 * @typedef {object} Manifest What package.json says of the program.
 * @property {string} name
 * @property {string} version
 * @property {string} description
 * @property {string} license
 * @property {string} homepage
 * @property {{ name: string, email: string }} author
 * @property {{ node: string }} engines
 */

/** @returns {Manifest} */
export const manifest = () => /** @type {Manifest} */ (readJson(inRoot('package.json')))

/** Fills a folder with the built program and its texts. @param {string} folder */
export async function writeProgramFolder(folder) {
  const { name, version, description, license, homepage, author, engines } = manifest()
  cpSync(inRoot('out', 'headless'), join(folder, 'out', 'headless'), { recursive: true })
  cpSync(inRoot('out', 'renderer'), join(folder, 'out', 'renderer'), { recursive: true })
  writeLauncher(join(folder, 'bin'), '/usr/bin/env node')
  for (const file of ['README.md', 'LICENSE']) cpSync(inRoot(file), join(folder, file))
  for (const [file, args] of Object.entries(printed)) await print(join(folder, file), args)
  const about = {
    name,
    version,
    description,
    license,
    homepage,
    author,
    type: 'module',
    bin: { nexthop: 'bin/nexthop.mjs' },
    man: ['man/nexthop.1'],
    engines,
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(about, null, 2)}\n`)
}

/** What the program tells of itself. @type {Readonly<Record<string, readonly string[]>>} */
const printed = {
  'man/nexthop.1': ['man'],
  'completions/nexthop.bash': ['completion', 'bash'],
  'completions/_nexthop': ['completion', 'zsh'],
  'completions/nexthop.fish': ['completion', 'fish'],
}

/** @param {string} file @param {readonly string[]} args */
async function print(file, args) {
  const { code, output } = await run(process.execPath, [inRoot('out', 'headless', 'cli.js'), ...args], {
    output: 'capture',
  })
  if (code !== 0) throw new Error(`nexthop ${args.join(' ')} failed: ${output}`)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, output)
}

/**
 * The program's entry, which hides its arguments first and tells an older Node in a sentence.
 * @param {string} folder
 * @param {string} interpreter
 */
export function writeLauncher(folder, interpreter) {
  const file = join(folder, 'nexthop.mjs')
  cpSync(inRoot('scripts', 'lib', 'require-node.mjs'), join(folder, 'require-node.mjs'))
  const lines = [
    `#!${interpreter}`,
    '// The arguments may hold a password: "ps" must not show them.',
    "process.title = 'nexthop'",
    "await import('./require-node.mjs')",
    "await import('../out/headless/cli.js')",
    '',
  ]
  writeFileSync(file, lines.join('\n'))
  chmodSync(file, 0o755)
}
