import { startMicrosocks } from './microsocks.ts'
import type { ProxyServer } from './proxy-server.ts'

/** A real SOCKS server that gets into trouble, and comes back on the same port. */
export interface MortalProxy {
  readonly name: string
  readonly port: number
  /** Killed at once: its connections end, and nothing listens. */
  die(): Promise<void>
  /** Stopped (SIGSTOP): the system still accepts connections for it, and nobody answers. */
  hang(): Promise<void>
  /** Another server in its place that wants a login, and so refuses everybody. */
  refuse(): Promise<void>
  comeBack(): Promise<void>
  close(): Promise<void>
}

export async function startMortalProxy(
  name: string,
  start: (port?: number) => Promise<ProxyServer>,
): Promise<MortalProxy> {
  let server: ProxyServer | undefined = await start()
  const { port } = server
  const end = async () => {
    const last = server
    server = undefined
    await last?.process.kill()
    await last?.close()
  }
  const signal = (what: NodeJS.Signals) => {
    // The whole group, with the children that servers fork.
    if (server) process.kill(-server.process.pid, what)
  }
  let comeBack = async () => undefined as void
  return {
    name,
    port,
    async die() {
      await end()
      comeBack = async () => {
        server = await start(port)
      }
    },
    async hang() {
      signal('SIGSTOP')
      comeBack = async () => signal('SIGCONT')
    },
    async refuse() {
      await end()
      server = await startMicrosocks({ user: 'somebody', password: 'else' }, port)
      comeBack = async () => {
        await end()
        server = await start(port)
      }
    },
    async comeBack() {
      const doIt = comeBack
      comeBack = async () => undefined
      await doIt()
    },
    close: end,
  }
}
