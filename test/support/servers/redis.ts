import { startProcess } from '../process.ts'
import { freePort } from '../tcp-server.ts'
import { tool } from '../tools.ts'
import type { Database } from './postgres.ts'

/** A Redis server that keeps everything in memory. */
export async function startRedis(): Promise<Database> {
  const port = await freePort()
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const running = await startProcess(tool('redis-server'), args, { ready: port })
  return { port, close: () => running.close() }
}
