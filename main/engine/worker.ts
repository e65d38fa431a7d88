import { parentPort } from 'node:worker_threads'
import { createEngine } from './engine.ts'
import { serveEngine } from './serve-engine.ts'

// The entry of an engine's thread.
if (!parentPort) throw new Error('main/engine/worker.ts must be started as a worker thread')
serveEngine(parentPort, createEngine)
