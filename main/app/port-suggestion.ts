import { createServer } from 'node:net'
import { conflict } from '../../shared/errors.ts'
import { defaultListenHost } from '../../shared/model/address.ts'
import { portCount } from '../../shared/model/destination.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'
import type { ConfigEditor } from './config-editor.ts'
import type { Handlers } from './dispatch.ts'

const mostTries = 200
/** Below it, most systems want special rights; we prefer a port that will work tomorrow too. */
const firstFreePort = 1024

export function portHandlers(editor: Pick<ConfigEditor, 'config'>): Pick<Handlers, 'port.suggest'> {
  return {
    'port.suggest': async ({ near }) => ({ port: await suggestPort(near, editor.config.rules) }),
  }
}

/** The ports worth trying, nearest first: from `near` upwards, without those that rules have taken. */
export function candidatePorts(near: number, rules: readonly PortRule[]): number[] {
  const taken = new Set(rules.flatMap(portsOf))
  const ports: number[] = []
  for (let port = near; port <= 65535 && ports.length < mostTries; port += 1) {
    if (!taken.has(port)) ports.push(port)
  }
  for (let port = Math.min(near, 65536) - 1; port >= firstFreePort && ports.length < mostTries; port -= 1) {
    if (!taken.has(port)) ports.push(port)
  }
  return ports
}

function portsOf({ listen, destination }: PortRule): number[] {
  if (listen.kind !== 'tcp') return []
  return Array.from({ length: portCount(destination) }, (_, offset) => listen.port + offset)
}

/** The first candidate that can be bound on the loopback address right now. */
export async function suggestPort(near: number, rules: readonly PortRule[]): Promise<number> {
  for (const port of candidatePorts(near, rules)) {
    if (await canListen(port)) return port
  }
  throw conflict(`No free port was found near ${near}: name one yourself`)
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => {
      resolve(false)
    })
    server.listen({ host: defaultListenHost, port, exclusive: true }, () => {
      server.close(() => {
        resolve(true)
      })
    })
  })
}
