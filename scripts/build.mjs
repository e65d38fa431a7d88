import './lib/require-node.mjs'
import { build } from './lib/build.mjs'
import { ensureInstalled } from './lib/install.mjs'

// npm run build: everything anew.

await ensureInstalled({ quiet: false })
process.exitCode = await build({ quiet: false, force: true })
