import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '../ports.ts'
import { services } from '../services.ts'
import type { Peer } from './peer.ts'
import { findVersion } from './version.ts'

/** HAProxy with a `socks4` server line; with as many threads as there are cores, which is its default. */
export function haproxy(options: { readonly splice: boolean }): Peer {
  return {
    name: options.splice ? 'haproxy-splice' : 'haproxy',
    kind: 'peer',
    find: () => findVersion('haproxy', ['-v'], /version (\S+)/),
    start: async ({ service, sink, processes, mostConnections, directory }) => {
      const port = await freePort(service)
      const config = configFor({
        port,
        target: services[service],
        socksPort: sink.socksPort,
        splice: options.splice,
        mostConnections,
      })
      await writeFile(join(directory, 'haproxy.cfg'), config)
      const args = ['-db', '-f', 'haproxy.cfg']
      const process = processes.start('haproxy', args, directory)
      return { port, processes: [process], command: `haproxy ${args.join(' ')}`, config }
    },
  }
}

interface HaproxyConfig {
  readonly port: number
  readonly target: number
  readonly socksPort: number
  readonly splice: boolean
  readonly mostConnections: number
}

function configFor({ port, target, socksPort, splice, mostConnections }: HaproxyConfig): string {
  return `global
  maxconn ${mostConnections}
  # Its own reckoning leaves more room below the limit of open files than it needs.
  no strict-limits
defaults
  mode tcp
${splice ? '  option splice-request\n  option splice-response\n' : ''}  timeout connect 10s
  timeout client 1h
  timeout server 1h
listen bench
  bind 127.0.0.1:${port}
  server sink 127.0.0.1:${target} socks4 127.0.0.1:${socksPort}
`
}
