import { freePort } from '../ports.ts'
import { services } from '../services.ts'
import type { Peer } from './peer.ts'
import { findVersion } from './version.ts'

/** socat, with a process per connection, and a larger buffer than its default of 8 KiB. */
export const socat: Peer = {
  name: 'socat',
  kind: 'peer',
  maxConnections: 1000,
  find: () => findVersion('socat', ['-V'], /socat version (\S+)/),
  start: async ({ service, sink, processes }) => {
    const port = await freePort(service)
    const args = [
      '-b65536',
      `TCP-LISTEN:${port},bind=127.0.0.1,fork,reuseaddr,backlog=1024,nodelay`,
      `SOCKS4A:127.0.0.1:127.0.0.1:${services[service]},socksport=${sink.socksPort},nodelay`,
    ]
    return { port, processes: [processes.start('socat', args)], command: `socat ${args.join(' ')}` }
  },
}
