import { startProcess } from '../process.ts'
import { freePort } from '../tcp-server.ts'
import { tool } from '../tools.ts'
import type { ProxyServer } from './proxy-server.ts'

/** ncat as an HTTP proxy, the only kind of proxy server that it has: what a hop must not be taken for. */
export async function startNcatHttpProxy(): Promise<ProxyServer> {
  const port = await freePort()
  const args = ['--listen', '127.0.0.1', String(port), '--keep-open', '--proxy-type', 'http']
  const running = await startProcess(tool('ncat'), args, { ready: port })
  return { port, process: running, close: () => running.close() }
}
