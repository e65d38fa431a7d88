import { parentPort } from 'node:worker_threads'
import type { Engine } from '../../main/engine/api.ts'
import { createEngine } from '../../main/engine/engine.ts'
import { serveEngine } from '../../main/engine/serve-engine.ts'

// The real engine in its thread, which ends at once when it is to close the connections of a rule with this id.

if (!parentPort) throw new Error('must be started as a worker thread')

serveEngine(parentPort, (options): Engine => {
  const engine = createEngine(options)
  const closeConnections = engine.closeConnections.bind(engine)
  engine.closeConnections = async (filter) => {
    if (filter.kind === 'rule' && filter.ruleId === 'die') process.exit(1)
    return closeConnections(filter)
  }
  return engine
})
