import { createPrivateKey } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from './lib/paths.mjs'
import { notesOf } from './lib/release-notes.mjs'
import { feedsOf, signatureOf } from './lib/update-feeds.mjs'

// node scripts/update-feeds.mjs FOLDER: writes the feeds of updates for the packages in a folder, and signs them with the
// key in NEXTHOP_UPDATE_SIGNING_KEY (Ed25519, PKCS 8 in base64). The other half of the key is built into the app, see
// electron.vite.config.ts.

const [folder = 'dist'] = process.argv.slice(2)
const { NEXTHOP_UPDATE_SIGNING_KEY: text } = process.env
if (!text) fail('NEXTHOP_UPDATE_SIGNING_KEY is not set: it is the Ed25519 key that signs the feeds.')
const key = createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' })

/** @type {unknown} */
const manifest = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))
const { version } = /** @type {{ version: string }} */ (manifest)
const notes = notesOf(version, readFileSync(inRoot('CHANGELOG.md'), 'utf8')) ?? ''
const feeds = await feedsOf({ folder, files: readdirSync(folder), version, notes, date: new Date() })
if (feeds.size === 0) fail(`${folder} has no package of version ${version} that updates itself.`)
for (const [name, feed] of feeds) {
  writeFileSync(join(folder, name), feed)
  writeFileSync(join(folder, `${name}.sig`), signatureOf(feed, key))
  console.log(`wrote and signed ${name}`)
}

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(message)
  process.exit(1)
}
