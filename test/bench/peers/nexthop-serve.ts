import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SettingsInput } from '../../../shared/model/settings.ts'
import { freePort } from '../ports.ts'
import { services } from '../services.ts'
import { findProgram } from './nexthop.ts'
import type { Peer } from './peer.ts'

export interface NexthopServeOptions {
  readonly name: string
  readonly node: string
  readonly nodeArgs: readonly string[]
  /** A built CLI. */
  readonly program: string
  readonly settings: SettingsInput
}

/** Nexthop with a config, as "nexthop serve" runs it. */
export function nexthopServe({ name, node, nodeArgs, program, settings }: NexthopServeOptions): Peer {
  return {
    name,
    kind: 'nexthop',
    find: () => findProgram(node, program),
    start: async ({ service, sink, processes, directory }) => {
      const host = '127.0.0.1'
      const port = await freePort(service)
      const config = {
        version: 1,
        hops: [{ id: 'hop', name: 'sink', host, port: sink.socksPort, version: '5' }],
        rules: [
          {
            id: 'rule',
            name: 'bench',
            listen: { kind: 'tcp', host, port },
            destination: { kind: 'fixed', host, port: services[service] },
            route: { kind: 'hop', hopId: 'hop' },
          },
        ],
        settings,
      }
      const path = join(directory, 'config.json')
      const text = JSON.stringify(config, undefined, 2)
      await writeFile(path, text)
      const args = [program, 'serve', '--config', path, '--port', '0']
      const command = `node ${program} serve --config config.json --port 0`
      return { port, processes: [processes.start(node, [...nodeArgs, ...args])], command, config: text }
    },
  }
}
