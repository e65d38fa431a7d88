import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '../ports.ts'
import type { Peer } from './peer.ts'
import { findVersion } from './version.ts'

/**
 * redsocks asks for the port at which it was reached. Usually a firewall rule has changed that; with its "generic"
 * redirector it is the port it listens on, whose last two digits are all that the sink looks at. So it needs neither
 * a firewall nor a network namespace here, and does not pay for one.
 */
export const redsocks: Peer = {
  name: 'redsocks',
  kind: 'peer',
  // Two sockets and two pipes each, to splice through: six of the system's open files.
  maxConnections: 3000,
  find: () => findVersion('redsocks', ['-v'], /redsocks\/(\S+)/),
  start: async ({ service, sink, processes, mostConnections, directory }) => {
    const port = await freePort(service)
    const config = configFor(port, sink.socksPort, mostConnections)
    await writeFile(join(directory, 'redsocks.conf'), config)
    const args = ['-c', 'redsocks.conf']
    const process = processes.start('redsocks', args, directory)
    return { port, processes: [process], command: `redsocks ${args.join(' ')}`, config }
  },
}

function configFor(port: number, socksPort: number, mostConnections: number): string {
  return `base {
  log_debug = off; log_info = off; log = "stderr"; daemon = off;
  redirector = generic;
  redsocks_conn_max = ${mostConnections};
}
redsocks {
  local_ip = 127.0.0.1; local_port = ${port};
  ip = 127.0.0.1; port = ${socksPort}; type = socks5;
}
`
}
