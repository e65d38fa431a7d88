import { formatEndpoint } from '../../../shared/model/address.ts'
import type { PartsBuilder } from './parts-builder.ts'
import { parseSshArguments, type SshForward } from './ssh-arguments.ts'

// ssh -D is a SOCKS5 proxy on this machine, and so a next hop. ssh -L then is a port rule that goes through it.

const usualSocksPort = 1080

/** Imports one ssh command after the other; ports that are assumed for their -D differ. */
export function createSshImport(parts: PartsBuilder): (args: readonly string[]) => void {
  const taken = new Set<number>()
  const hopOfHost = new Map<string, string>()

  function freePort(): number {
    let port = usualSocksPort
    while (taken.has(port)) port += 1
    taken.add(port)
    return port
  }

  function addHop(name: string, host: string, port: number): string {
    return parts.hop({ name, host, port, version: '5', resolveAt: 'hop' })
  }

  return (args) => {
    const ssh = parseSshArguments(args)
    const name = `ssh ${ssh.host || '-D'}`.trim()
    const key = [...ssh.connection, ssh.host].join(' ')
    const command = ['ssh -N', ...ssh.connection].join(' ')
    for (const reason of ssh.skipped) parts.skip(`${name}: ${reason}`)
    for (const { host, port } of ssh.dynamic) {
      taken.add(port)
      hopOfHost.set(key, addHop(name, host === '' || host === '*' ? '127.0.0.1' : host, port))
      parts.note(
        `Nexthop does not start ssh: keep "${command} -D ${port} ${ssh.host}" running for the next hop "${name}"`,
      )
    }
    if (ssh.local.length === 0) return
    let hopId = hopOfHost.get(key)
    if (hopId === undefined) {
      const port = freePort()
      hopId = addHop(name, '127.0.0.1', port)
      hopOfHost.set(key, hopId)
      parts.note(
        `"${name}" has no -D, which is what Nexthop goes through: ` +
          `start "${command} -D ${port} ${ssh.host}" in place of the -L line`,
      )
    }
    for (const forward of ssh.local) addRule(parts, forward, hopId)
  }
}

function addRule(parts: PartsBuilder, { listen, target }: SshForward, hopId: string): void {
  parts.rule({
    name: `${formatEndpoint(target)} by ssh`,
    listen,
    destination: { kind: 'fixed', ...target },
    route: { kind: 'hop', hopId },
  })
}
