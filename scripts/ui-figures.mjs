import './lib/require-node.mjs'
import { inRoot } from './lib/paths.mjs'
import { prepare } from './lib/prepare.mjs'
import { run } from './lib/run.mjs'

// npm run ui-figures: builds what is stale, then hands over to test/ui-figures, which needs a Node that runs TypeScript.

await prepare({ quiet: false, only: ['headless', 'renderer'] })
const node = inRoot('node_modules', '.bin', 'node')
const { code } = await run(node, [inRoot('test', 'ui-figures', 'main.ts'), ...process.argv.slice(2)])
process.exitCode = code
