import type { Socket } from 'node:net'
import type { ProxyHeaderVersion } from '../../../shared/model/port-rule.ts'
import { plainAddress } from '../plain-address.ts'
import type { ProxyHeader } from './proxy-header.ts'
import { writeProxyHeader } from './proxy-header-writer.ts'

/**
 * The PROXY protocol header that tells a destination who the client is: by what came in a header of its own, else by the
 * client's socket. Undefined where none is to be sent. A unix socket has no addresses to tell.
 */
export function proxyHeaderFor(
  version: ProxyHeaderVersion,
  client: Socket,
  received: ProxyHeader['addresses'],
): Buffer | undefined {
  if (version === 'off') return undefined
  const addresses = received ?? addressesOf(client)
  return writeProxyHeader({ version: version === 'v1' ? 1 : 2, ...(addresses && { addresses }) })
}

function addressesOf({
  remoteAddress,
  remotePort,
  localAddress,
  localPort,
}: Socket): ProxyHeader['addresses'] {
  if (!remoteAddress || !localAddress || remotePort === undefined || localPort === undefined) return undefined
  return {
    source: { host: plainAddress(remoteAddress), port: remotePort },
    destination: { host: plainAddress(localAddress), port: localPort },
  }
}
