#!/usr/bin/env node
import { existsSync } from 'node:fs'

// The command line program. In this process rather than a child, and renamed at once: arguments may hold a password,
// and "ps" shows every process's arguments to everybody.
process.title = 'nexthop'

// A clone installs and builds what is missing first; a packed copy brings the built program and no scripts/lib.
if (existsSync(new URL('./lib/prepare.mjs', import.meta.url))) {
  await import('./lib/require-node.mjs')
  const { endWithNpm } = await import('./lib/end-with-npm.mjs')
  endWithNpm()
  const { prepare } = await import('./lib/prepare.mjs')
  // The web UI is only needed where it is served.
  await prepare({ quiet: true, only: process.argv[2] === 'serve' ? ['headless', 'renderer'] : ['headless'] })
}
await import(new URL('../out/headless/cli.js', import.meta.url).href)
