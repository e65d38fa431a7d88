// The entry of the command line program. The first thing that it does is to hide its arguments, which may hold a
// password, from "ps"; that is why the rest is imported later.
process.title = 'nexthop'

// Names are looked up by at most half of libuv's threads (see names.ts). Up to Node 20, they are there already.
if (Number.parseInt(process.versions.node) >= 22) process.env['UV_THREADPOOL_SIZE'] ??= '32'

// Loading takes a while, and packages that listen for signals meanwhile would keep these from ending the process.
let early: NodeJS.Signals | undefined
const note = (signal: NodeJS.Signals) => (early = signal)
process.on('SIGINT', note).on('SIGTERM', note)
const { forgetSignalListeners, runCli } = await import('./run-cli.ts')
// One that has come by now is told in the next turn.
await new Promise(setImmediate)
forgetSignalListeners()
if (early) process.kill(process.pid, early)

process.exitCode = await runCli(process.argv.slice(2), {
  // Beside this file in the built program.
  engineUrl: new URL('engine-worker.js', import.meta.url),
  rendererUrl: new URL('../renderer/', import.meta.url),
})
