import { readFileSync } from 'node:fs'
import { inRoot } from './lib/paths.mjs'
import { notesOf } from './lib/release-notes.mjs'

// node scripts/release-notes.mjs VERSION: what CHANGELOG.md says of a version; fails where it says nothing.

const [version = ''] = process.argv.slice(2)
const notes = notesOf(version, readFileSync(inRoot('CHANGELOG.md'), 'utf8'))
if (notes === undefined) {
  console.error(`CHANGELOG.md has no section "## ${version}" with something in it.`)
  process.exit(1)
}
console.log(notes)
