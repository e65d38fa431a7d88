import { writeFile } from 'node:fs/promises'
import { startProcess } from '../process.ts'
import { freePort } from '../tcp-server.ts'
import { makeTempDir } from '../temp-dir.ts'
import { tool } from '../tools.ts'

export interface HaproxyOptions {
  /** The port of 127.0.0.1 that it passes connections on to. */
  readonly to: number
  /** Behind the address in its `bind` line. */
  readonly bind?: string
  /** Behind the address in its `server` line. */
  readonly server?: string
  readonly rules?: readonly string[]
}

/** HAProxy as a plain TCP load balancer on 127.0.0.1. */
export async function startHaproxy({ to, bind = '', server = '', rules = [] }: HaproxyOptions) {
  const folder = await makeTempDir()
  const port = await freePort()
  const lines = [
    'defaults',
    '  mode tcp',
    '  timeout connect 10s',
    '  timeout client 60s',
    '  timeout server 60s',
    'listen front',
    `  bind 127.0.0.1:${port} ${bind}`,
    ...rules.map((rule) => `  ${rule}`),
    `  server back 127.0.0.1:${to} ${server}`,
    '',
  ]
  await writeFile(folder.file('haproxy.cfg'), lines.join('\n'))
  // Ready by its own word: a connection to see whether it listens would be passed on.
  const running = await startProcess(tool('haproxy'), ['-V', '-db', '-f', folder.file('haproxy.cfg')], {
    ready: /Using \w+\(\) as the polling mechanism/,
  })
  return {
    port,
    async close() {
      await running.close()
      await folder.close()
    },
  }
}
