import './lib/require-node.mjs'
import { inRoot } from './lib/paths.mjs'
import { prepare } from './lib/prepare.mjs'
import { run } from './lib/run.mjs'

// npm run screenshots: builds what is stale, then hands over to test/screenshots, which needs a Node that runs TypeScript.

await prepare({ quiet: false, only: ['headless', 'renderer'] })
const node = inRoot('node_modules', '.bin', 'node')
const names = inRoot('test', 'screenshots', 'example-names.mjs')
const { code } = await run(node, [
  `--import=${names}`,
  inRoot('test', 'screenshots', 'main.ts'),
  ...process.argv.slice(2),
])
process.exitCode = code
