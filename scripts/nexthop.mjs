#!/usr/bin/env node
// The command line program in a clone, which installs and builds what is missing first. In this process rather than a
// child, and renamed at once: arguments may hold a password, and "ps" shows every process's arguments to everybody.
process.title = 'nexthop'

// As in main/headless/cli.ts: what follows needs threads.
if (Number.parseInt(process.versions.node) >= 22) process.env['UV_THREADPOOL_SIZE'] ??= '32'

await import('./lib/require-node.mjs')
const { endWithNpm } = await import('./lib/end-with-npm.mjs')
endWithNpm()
const { prepare } = await import('./lib/prepare.mjs')
// The web UI is only needed where it is served.
await prepare({ quiet: true, only: process.argv[2] === 'serve' ? ['headless', 'renderer'] : ['headless'] })
await import(new URL('../out/headless/cli.js', import.meta.url).href)
