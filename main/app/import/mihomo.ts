import { formatEndpoint } from '../../../shared/model/address.ts'
import { parseEndpoint } from '../../../shared/model/parse-address.ts'
import { asList, asObject, asPort, asText, type Foreign, type Loose } from './foreign.ts'
import { createMihomoRoutes, type MihomoRoutes } from './mihomo-routes.ts'
import { createPartsBuilder, type PartsBuilder } from './parts-builder.ts'

// mihomo (Clash Meta): "tunnels" are listeners with a target, each through a proxy or a group of them.

const sections = new Set(['tunnels', 'proxies', 'proxy-groups', 'listeners', 'mode', 'log-level', 'ipv6'])

export function importMihomo(document: Loose): Foreign {
  const parts = createPartsBuilder('mihomo')
  const routes = createMihomoRoutes(parts, document)
  for (const key of Object.keys(document)) {
    if (!sections.has(key)) parts.skip(`"${key}"`)
  }
  for (const tunnel of asList(document['tunnels'])) addTunnel(parts, routes, readTunnel(tunnel))
  for (const listener of asList(document['listeners']).map(asObject)) {
    const type = asText(listener['type']) ?? ''
    const name = asText(listener['name']) ?? type
    if (type === 'tunnel') {
      addTunnel(parts, routes, {
        name,
        networks: asList(listener['network']).flatMap((network) => asText(network) ?? []),
        address: formatEndpoint({
          host: asText(listener['listen']) ?? '0.0.0.0',
          port: asPort(listener['port']),
        }),
        target: asText(listener['target']) ?? '',
        proxy: asText(listener['proxy']),
      })
    } else {
      parts.skip(`Listener "${name}": it is of the kind "${type}", which port rules are not`)
    }
  }
  return parts.finish()
}

interface Tunnel {
  readonly name?: string
  readonly networks: readonly string[]
  readonly address: string
  readonly target: string
  readonly proxy?: string | undefined
}

/** `tcp/udp,127.0.0.1:6553,8.8.8.8:53,proxy`, or an object with the same. */
function readTunnel(tunnel: unknown): Tunnel {
  if (typeof tunnel === 'string') {
    const [network = '', address = '', target = '', proxy] = tunnel.split(',').map((part) => part.trim())
    return { networks: network.split('/'), address, target, proxy: proxy === '' ? undefined : proxy }
  }
  const fields = asObject(tunnel)
  const network = fields['network']
  return {
    networks: typeof network === 'string' ? network.split('/') : asList(network).map(String),
    address: asText(fields['address']) ?? '',
    target: asText(fields['target']) ?? '',
    proxy: asText(fields['proxy']),
  }
}

function addTunnel(parts: PartsBuilder, routes: MihomoRoutes, tunnel: Tunnel): void {
  const name = tunnel.name ?? `${tunnel.address} to ${tunnel.target}`
  const skip = (reason: string) => {
    parts.skip(`Tunnel "${name}": ${reason}`)
  }
  if (tunnel.networks.length > 0 && !tunnel.networks.includes('tcp')) {
    skip('it forwards UDP, and Nexthop TCP')
    return
  }
  if (tunnel.networks.includes('udp')) parts.skip(`Tunnel "${name}": its UDP side`)
  const listen = /^(.*):(\d+)$/.exec(tunnel.address)
  const target = parseEndpoint(tunnel.target)
  if (!listen || !target.ok) {
    skip(listen ? (target.ok ? '' : target.message) : `"${tunnel.address}" is no address and port`)
    return
  }
  if (tunnel.proxy === undefined) {
    skip('it names no proxy, so that mihomo decides by its rules, which are not imported')
    return
  }
  const route = routes.routeOf(tunnel.proxy)
  if (!route.ok) {
    skip(route.reason)
    return
  }
  const [, host = '', port = ''] = listen
  parts.rule({
    name: tunnel.name ?? formatEndpoint(target.value),
    listen: { host: host.replace(/^\[|\]$/g, ''), port: Number(port) },
    destination: { kind: 'fixed', ...target.value },
    route: route.route,
  })
}
