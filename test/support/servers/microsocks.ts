import { startProcess } from '../process.ts'
import { freePort } from '../tcp-server.ts'
import { tool } from '../tools.ts'
import type { ProxyServer } from './proxy-server.ts'

/** microsocks: SOCKS5 alone, optionally with a login. */
export async function startMicrosocks(
  login?: { readonly user: string; readonly password: string },
  port?: number,
): Promise<ProxyServer> {
  const at = port ?? (await freePort())
  const credentials = login ? ['-u', login.user, '-P', login.password] : []
  const process = await startProcess(
    tool('microsocks'),
    ['-i', '127.0.0.1', '-p', String(at), ...credentials],
    {
      ready: at,
    },
  )
  return { port: at, process, close: () => process.close() }
}
