import { createPrivateKey, sign } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// node scripts/sign-feed.mjs FOLDER: signs the feeds of updates in a folder with the key in NEXTHOP_UPDATE_SIGNING_KEY
// (Ed25519, PKCS 8 in base64). The other half of the key is built into the app, see electron.vite.config.ts.

const [folder = 'dist'] = process.argv.slice(2)
const { NEXTHOP_UPDATE_SIGNING_KEY: text } = process.env
if (!text) {
  console.error('NEXTHOP_UPDATE_SIGNING_KEY is not set: it is the Ed25519 key that signs the feeds.')
  process.exit(1)
}
const key = createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' })
for (const name of readdirSync(folder).filter((file) => /^(latest|beta)(-\w+)*\.yml$/.test(file))) {
  const signature = sign(null, readFileSync(join(folder, name)), key)
  writeFileSync(join(folder, `${name}.sig`), `${signature.toString('base64')}\n`)
  console.log(`signed ${name}`)
}
