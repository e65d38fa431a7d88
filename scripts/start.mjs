import './lib/require-node.mjs'
import { findDesktop } from './lib/desktop.mjs'
import { endWithNpm } from './lib/end-with-npm.mjs'
import { root } from './lib/paths.mjs'
import { prepare } from './lib/prepare.mjs'
import { run } from './lib/run.mjs'

// npm start: the desktop app, or the same in the headless shell where there can be no window.

endWithNpm()
await prepare({ quiet: false, only: ['headless', 'renderer'] })
const desktop = await findDesktop()
if ('path' in desktop) {
  await prepare({ quiet: false, only: ['desktop'] })
  const { code } = await run(desktop.path, [root, ...process.argv.slice(2)])
  process.exitCode = code
} else {
  console.error(`No desktop window: ${desktop.reason}. Starting the headless shell, "nexthop serve".`)
  process.argv.splice(2, 0, 'serve')
  await import(new URL('../out/headless/cli.js', import.meta.url).href)
}
