import { parentPort } from 'node:worker_threads'
import type { Engine } from '../../main/engine/api.ts'
import { createEngine } from '../../main/engine/engine.ts'
import { serveEngine } from '../../main/engine/serve-engine.ts'

// The real engine in its thread, which ends at once when it is to close the connections of the rule "die", or is asked
// for a connection of its thread with that name. Asked for "busy" it works hard for a while.

if (!parentPort) throw new Error('must be started as a worker thread')

serveEngine(parentPort, (options): Engine => {
  const engine = createEngine(options)
  const closeConnections = engine.closeConnections.bind(engine)
  engine.closeConnections = async (filter) => {
    if (filter.kind === 'rule' && filter.ruleId === 'die') process.exit(1)
    return closeConnections(filter)
  }
  const connection = engine.connection.bind(engine)
  engine.connection = async (id) => {
    if (id.endsWith('die')) process.exit(1)
    const until = performance.now() + 500
    while (id === 'busy' && performance.now() < until);
    return connection(id)
  }
  return engine
})
