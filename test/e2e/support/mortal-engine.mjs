import { existsSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

// Loaded into every thread of the served program (node --import): ends the engine's thread when a file appears, as a
// crash would.
const signal = process.env.NEXTHOP_TEST_KILL_ENGINE ?? ''
if (!isMainThread) {
  setInterval(() => {
    if (existsSync(signal)) process.exit(1)
  }, 20).unref()
}
