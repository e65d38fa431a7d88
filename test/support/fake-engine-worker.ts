import { open, stat } from 'node:fs/promises'
import { parentPort } from 'node:worker_threads'
import type { Engine } from '../../main/engine/api.ts'
import { serveEngine } from '../../main/engine/serve-engine.ts'
import { FakeEngine } from './fake-engine.ts'

// An engine thread that dies on demand: closing the connections of a rule with one of these ids is the order.

if (!parentPort) throw new Error('must be started as a worker thread')

serveEngine(parentPort, ({ onEvent }): Engine => {
  const engine = new FakeEngine(onEvent)
  engine.closeConnections = async (filter) => {
    const order = filter.kind === 'rule' ? filter.ruleId : ''
    if (order === 'throw') {
      setImmediate(() => {
        throw new Error('a bug with socks5://user:hunter2@10.0.0.1 in it')
      })
      return new Promise(() => undefined)
    }
    if (order === 'exit') process.exit(3)
    if (order === 'hang') for (;;);
    // As a lookup does, this keeps a thread of the system until somebody writes there.
    if (order.startsWith('open ')) {
      void open(order.slice(5))
      // Once a later call is through, that one has its thread.
      await stat(order.slice(5))
    }
    if (order === 'refuse') throw new Error('refused on purpose')
    return 7
  }
  // Tells what it was told to watch, so that a test can see it from outside.
  engine.watch = (options) => {
    onEvent({ kind: 'log', entry: { at: 0, level: 'info', message: `watch ${JSON.stringify(options)}` } })
  }
  return engine
})
