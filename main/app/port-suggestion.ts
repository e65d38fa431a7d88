import { createServer } from 'node:net'
import { conflict } from '../../shared/errors.ts'
import { defaultListenHost } from '../../shared/model/address.ts'
import { portCount } from '../../shared/model/destination-range.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'
import { say } from '../../shared/told.ts'

const mostTries = 200
/** Below it, most systems want special rights; we prefer a port that will work tomorrow too. */
const firstFreePort = 1024

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

/** The first candidate that can be bound right now. */
export async function suggestPort(
  near: number,
  rules: readonly PortRule[],
  host = defaultListenHost,
): Promise<number> {
  // An address that is none of this machine's can't tell: the loopback one does then.
  const probe = (await canListen(0, host)) ? host : defaultListenHost
  for (const port of candidatePorts(near, rules)) {
    if (await canListen(port, probe)) return port
  }
  throw conflict(say('No free port was found near {near}: name one yourself', { near }))
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => {
      resolve(false)
    })
    server.listen({ host, port, exclusive: true }, () => {
      server.close(() => {
        resolve(true)
      })
    })
  })
}

function portsOf({ listen, destination }: PortRule): number[] {
  if (listen.kind !== 'tcp') return []
  return Array.from({ length: portCount(destination) }, (_, offset) => listen.port + offset)
}
