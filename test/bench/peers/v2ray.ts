import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '../ports.ts'
import { services } from '../services.ts'
import type { Peer } from './peer.ts'
import { findVersion } from './version.ts'

/** V2Ray: dokodemo-door in, socks out. */
export const v2ray: Peer = {
  name: 'v2ray',
  kind: 'peer',
  find: () => findVersion('v2ray', ['-version'], /V2Ray (\S+)/),
  start: async ({ service, sink, processes, directory }) => {
    const port = await freePort(service)
    const config = JSON.stringify(configFor(port, services[service], sink.socksPort), null, 2)
    await writeFile(join(directory, 'v2ray.json'), config)
    const args = ['-config', 'v2ray.json']
    const process = processes.start('v2ray', args, directory)
    return { port, processes: [process], command: `v2ray ${args.join(' ')}`, config }
  },
}

function configFor(port: number, target: number, socksPort: number) {
  return {
    log: { loglevel: 'none' },
    inbounds: [
      {
        listen: '127.0.0.1',
        port,
        protocol: 'dokodemo-door',
        settings: { address: '127.0.0.1', port: target, network: 'tcp' },
      },
    ],
    outbounds: [{ protocol: 'socks', settings: { servers: [{ address: '127.0.0.1', port: socksPort }] } }],
  }
}
