import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from '../paths.mjs'
import { run } from '../run.mjs'
import { findProgram } from './find-program.mjs'

/** @typedef {{ name: string, reason?: string }} Outcome One thing that was to be built; `reason` says why it was not. */

/**
 * @typedef {object} DesktopPackages
 * @property {string} outFolder
 * @property {string} electronDist A folder with the Electron distribution, or its zip.
 * @property {readonly string[]} [only] Of the targets.
 */

/** What is built on which system. @type {Readonly<Record<string, readonly string[]>>} */
const targets = {
  linux: ['tar.gz', 'deb', 'rpm', 'AppImage'],
  win32: ['nsis', 'zip'],
  darwin: ['dmg', 'zip'],
}

/** What a target needs that electron-builder does not bring, and how to supply it. */
const needs = /** @type {const} */ ({
  deb: { program: 'dpkg-deb', how: 'install the package dpkg' },
  rpm: { program: 'rpmbuild', how: 'install the package rpm (rpm-build on Fedora)' },
})

/** Where tools come from that electron-builder downloads where it can. @type {Readonly<Record<string, string>>} */
const supplies = {
  'tar.gz': 'install the package 7zip, or name 7za in ELECTRON_BUILDER_7ZIP_PATH',
  zip: 'install the package 7zip, or name 7za in ELECTRON_BUILDER_7ZIP_PATH',
  AppImage: 'name a folder with mksquashfs and the AppImage runtime in APPIMAGE_TOOLS_PATH',
  nsis: 'put makensis where ELECTRON_BUILDER_NSIS_DIR says',
  dmg: 'it is built on macOS only',
}

/** Builds the desktop packages for this system, each by itself: one that fails is no reason to do without the others. */
export async function buildDesktopPackages(/** @type {DesktopPackages} */ { outFolder, electronDist, only }) {
  const wanted = (targets[process.platform] ?? []).filter((target) => only?.includes(target) ?? true)
  const first = await electronBuilder(['--dir'], outFolder, electronDist)
  if (first.code !== 0) return [{ name: 'the desktop app', reason: lastLines(first.output) }]
  /** @type {Outcome[]} */
  const outcomes = [{ name: 'the unpacked desktop app' }]
  const prepackaged = ['--prepackaged', unpackedFolder(outFolder)]
  for (const target of wanted) {
    const reason = missing(target)
    if (reason !== undefined) outcomes.push({ name: target, reason })
    else outcomes.push(await buildTarget(target, prepackaged, outFolder, electronDist))
  }
  return outcomes
}

/** @param {string} target @param {readonly string[]} args @param {string} outFolder @param {string} electronDist @returns {Promise<Outcome>} */
async function buildTarget(target, args, outFolder, electronDist) {
  const { code, output } = await electronBuilder([...args, target], outFolder, electronDist)
  if (code === 0) return { name: target }
  const how = supplies[target]
  return { name: target, reason: `${lastLines(output)}${how === undefined ? '' : ` To supply it: ${how}.`}` }
}

/** @param {string} target */
function missing(target) {
  if (target !== 'deb' && target !== 'rpm') return undefined
  const { program, how } = needs[target]
  return findProgram(program) ? undefined : `${program} is not here: ${how}`
}

/** @param {string} outFolder */
function unpackedFolder(outFolder) {
  const suffix = process.arch === 'x64' ? '' : `-${process.arch}`
  if (process.platform === 'win32') return join(outFolder, `win${suffix}-unpacked`)
  if (process.platform === 'darwin') return join(outFolder, `mac${suffix}`, 'Nexthop.app')
  return join(outFolder, `linux${suffix}-unpacked`)
}

const systems = /** @type {Readonly<Record<string, string>>} */ ({ win32: '--win', darwin: '--mac' })

/** @param {readonly string[]} args @param {string} outFolder @param {string} electronDist */
function electronBuilder(args, outFolder, electronDist) {
  const script = inRoot('node_modules', 'electron-builder', 'cli.js')
  const system = systems[process.platform] ?? '--linux'
  const words = args[0] === '--dir' ? [system, '--dir'] : [system, ...args.slice(2), ...args.slice(0, 2)]
  const settings = [`-c.directories.output=${outFolder}`, `-c.electronDist=${electronDist}`, ...feed()]
  return run(process.execPath, [script, ...words, '--publish', 'never', ...settings], {
    output: 'capture',
    timeoutMs: 1_200_000,
    env: toolsOfTheSystem(),
  })
}

/** With the address of a feed, the app gets an app-update.yml, which its updater wants. */
function feed() {
  const { NEXTHOP_UPDATE_URL: url } = process.env
  return url ? ['-c.publish.provider=generic', `-c.publish.url=${url}`] : []
}

/** Names what is here of the tools that electron-builder would download, where the environment names no others. */
function toolsOfTheSystem() {
  const { USE_SYSTEM_FPM, CUSTOM_FPM_PATH, ELECTRON_BUILDER_7ZIP_PATH } = process.env
  const zip = ELECTRON_BUILDER_7ZIP_PATH ?? findProgram('7zz') ?? findProgram('7z')
  return {
    // dpkg-deb and rpmbuild do what fpm would do with them.
    ...(!USE_SYSTEM_FPM && { CUSTOM_FPM_PATH: CUSTOM_FPM_PATH ?? ownFpm }),
    ...(zip !== undefined && { ELECTRON_BUILDER_7ZIP_PATH: zip }),
  }
}

const ownFpm = inRoot('scripts', 'lib', 'package', 'fpm.mjs')

/** What a tool said at its end. @param {string} output */
function lastLines(output) {
  const lines = output.split('\n').filter((line) => /⨯|error/i.test(line))
  return (lines[0] ?? output.trim().slice(-300)).trim().slice(0, 400)
}

/** The Electron distribution: the one that NEXTHOP_ELECTRON_DIST names, or what the package "electron" downloaded. */
export function findElectronDist() {
  const named = process.env.NEXTHOP_ELECTRON_DIST
  if (named) return existsSync(named) ? named : undefined
  const downloaded = inRoot('node_modules', 'electron', 'dist')
  return existsSync(join(downloaded, 'version')) ? downloaded : undefined
}
