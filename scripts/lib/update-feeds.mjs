import { createHash, sign } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

// The feeds that the app's updater reads, in the form of electron-builder's. They are written once all packages of a
// release are together: the runners of one system would each write a feed of the same name, without the others' files.

/** What the updater looks for on each system, and in which feed (electron-updater's getChannelFilePrefix). */
const systems = [
  { suffix: '', package: /^nexthop-.*-setup-(x64|arm64)\.exe$/ },
  { suffix: '-mac', package: /^nexthop-.*-mac-(x64|arm64)\.zip$/ },
  { suffix: '-linux', package: /^nexthop-desktop-.*-(x86_64|x64)\.AppImage$/ },
  { suffix: '-linux-arm64', package: /^nexthop-desktop-.*-arm64\.AppImage$/ },
]

/**
 * The channels that a version is for: whoever takes betas takes the versions between them, too.
 * @param {string} version
 */
export function channelsOf(version) {
  return version.includes('-') ? ['beta'] : ['latest', 'beta']
}

/**
 * The feeds for the packages of one version, by their names.
 * @param {{ folder: string, files: readonly string[], version: string, notes: string, date: Date }} release
 * @returns {Promise<ReadonlyMap<string, string>>}
 */
export async function feedsOf({ folder, files, version, notes, date }) {
  /** @type {Map<string, string>} */
  const feeds = new Map()
  for (const system of systems) {
    const names = files.filter((name) => system.package.test(name) && name.includes(`-${version}-`)).sort()
    const packages = await Promise.all(names.map((name) => describe(folder, name)))
    const [first] = packages
    if (!first) continue
    const { url: path, sha512 } = first
    const feed = {
      version,
      files: packages,
      path,
      sha512,
      releaseDate: date.toISOString(),
      releaseNotes: notes,
    }
    // JSON is YAML, too.
    for (const channel of channelsOf(version)) {
      feeds.set(`${channel}${system.suffix}.yml`, `${JSON.stringify(feed, null, 2)}\n`)
    }
  }
  return feeds
}

/** @param {string} folder @param {string} name */
async function describe(folder, name) {
  const path = join(folder, name)
  const hash = createHash('sha512')
  await pipeline(createReadStream(path), hash)
  return { url: name, sha512: hash.digest('base64'), size: (await stat(path)).size }
}

/** The signature that the app asks for. @param {string} feed @param {import('node:crypto').KeyObject} key Ed25519 */
export function signatureOf(feed, key) {
  return `${sign(null, Buffer.from(feed), key).toString('base64')}\n`
}
