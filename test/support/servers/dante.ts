import { writeFile } from 'node:fs/promises'
import { startProcess } from '../process.ts'
import { freePort } from '../tcp-server.ts'
import { makeTempDir } from '../temp-dir.ts'
import { tool } from '../tools.ts'
import type { ProxyServer } from './proxy-server.ts'

export interface DanteOptions {
  /** Asks for the login of a user of this system. */
  readonly login?: boolean
  /** A port on 127.0.0.1 that its rules forbid. */
  readonly forbiddenPort?: number
  /** A free one where none is given. */
  readonly port?: number | undefined
}

/** dante: SOCKS 4, 4a and 5. */
export async function startDante(options: DanteOptions = {}): Promise<ProxyServer> {
  const { login = false, forbiddenPort } = options
  const port = options.port ?? (await freePort())
  const folder = await makeTempDir()
  const forbid =
    forbiddenPort === undefined
      ? ''
      : `socks block { from: 0.0.0.0/0 to: 127.0.0.1/32 port = ${forbiddenPort} log: error }`
  // Without root it runs as whoever started it.
  const users = process.getuid?.() === 0 ? 'user.privileged: root\nuser.unprivileged: nobody' : ''
  await writeFile(
    folder.file('danted.conf'),
    `logoutput: stderr
internal: 127.0.0.1 port = ${port}
external: 127.0.0.1
clientmethod: none
socksmethod: ${login ? 'username' : 'none'}
${users}
client pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }
${forbid}
socks pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }
`,
  )
  const pidFile = folder.file('danted.pid')
  const running = await startProcess(
    tool('danted'),
    ['-f', folder.file('danted.conf'), '-p', pidFile, '-N', '2'],
    {
      ready: port,
    },
  )
  return {
    port,
    process: running,
    async close() {
      await running.close()
      await folder.close()
    },
  }
}
