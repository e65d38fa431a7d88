import './lib/require-node.mjs'
import { inRoot } from './lib/paths.mjs'
import { prepare } from './lib/prepare.mjs'
import { run } from './lib/run.mjs'

// npm run bench: builds what is stale, then hands over to test/bench, which needs a Node that runs TypeScript.

await prepare({ quiet: false, only: ['headless'] })
const node = inRoot('node_modules', '.bin', 'node')
const { code } = await run(node, [inRoot('test', 'bench', 'main.ts'), ...process.argv.slice(2)])
process.exitCode = code
