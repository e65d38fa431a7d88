import { formatEndpoint } from '../../../shared/model/address.ts'
import { asList, asObject, asPort, asText, type Foreign, type Loose } from './foreign.ts'
import { createPartsBuilder, type ForeignRule, type PartsBuilder } from './parts-builder.ts'
import { createXrayRoutes, type XrayRoutes } from './xray-routes.ts'

// V2Ray and Xray: inbounds are listeners, outbounds are what traffic goes through, routing says which takes which.

const sections = new Set(['inbounds', 'outbounds', 'routing', 'log', 'inbound', 'outbound'])

export function importXray(document: Loose): Foreign {
  const parts = createPartsBuilder('xray')
  const routes = createXrayRoutes(parts, document)
  for (const key of Object.keys(document)) {
    if (!sections.has(key)) parts.skip(`the section "${key}"`)
  }
  const inbounds = [...asList(document['inbounds']), ...(document['inbound'] ? [document['inbound']] : [])]
  inbounds.map(asObject).forEach((inbound, index) => {
    addInbound(parts, routes, inbound, asText(inbound['tag']) ?? `inbound ${index + 1}`)
  })
  return parts.finish()
}

function addInbound(parts: PartsBuilder, routes: XrayRoutes, inbound: Loose, name: string): void {
  const skip = (reason: string) => {
    parts.skip(`Inbound "${name}": ${reason}`)
  }
  const host = asText(inbound['listen']) ?? ''
  const ports = parsePorts(asText(inbound['port']) ?? '')
  if (host.startsWith('/') || host.startsWith('@')) {
    skip('it listens on a unix socket, which is not imported')
    return
  }
  if (!ports) {
    skip('its ports could not be read')
    return
  }
  const transport = asObject(inbound['streamSettings'])
  const network = asText(transport['network']) ?? 'tcp'
  const security = asText(transport['security']) ?? 'none'
  if (!['tcp', 'raw'].includes(network) || security !== 'none') {
    skip('it listens with TLS or another transport, and port rules with plain TCP')
    return
  }
  const route = routes.routeOf(asText(inbound['tag']) ?? '')
  if (!route.ok) {
    skip(route.reason)
    return
  }
  for (const port of ports) {
    const destination = toDestination(inbound, port)
    if (typeof destination === 'string') {
      skip(destination)
      return
    }
    const ruleName = ports.length > 1 ? `${name} ${port}` : name
    const target = 'host' in destination ? ` to ${formatEndpoint(destination)}` : ''
    parts.rule({
      name: asText(inbound['tag']) === undefined ? `Port ${port}${target}` : ruleName,
      listen: { host, port },
      destination,
      route: route.route,
    })
  }
  if (takesUdp(inbound)) skip('its UDP side')
}

/** A SOCKS inbound says so by a switch, the other kinds by their networks. */
function takesUdp(inbound: Loose): boolean {
  const settings = asObject(inbound['settings'])
  return settings['udp'] === true || networksOf(settings).includes('udp')
}

function networksOf(settings: Loose): readonly string[] {
  return (asText(settings['network']) ?? asText(settings['allowedNetwork']) ?? 'tcp').split(',')
}

function toDestination(inbound: Loose, listenPort: number): ForeignRule['destination'] | string {
  const settings = asObject(inbound['settings'])
  const protocol = asText(inbound['protocol']) ?? ''
  if (protocol === 'socks' || protocol === 'http' || protocol === 'mixed') {
    if (asList(settings['accounts']).length > 0) {
      return 'its clients have to log in, which port rules do not ask for'
    }
    return { kind: 'proxy', protocols: protocol === 'mixed' ? ['socks', 'http'] : [protocol] }
  }
  if (protocol !== 'dokodemo-door' && protocol !== 'tunnel') {
    return `it is a listener of the kind "${protocol}", which port rules are not`
  }
  if (settings['followRedirect'] === true) return 'it takes redirected connections (followRedirect)'
  if (!networksOf(settings).includes('tcp')) return 'it forwards UDP, and Nexthop TCP'
  const host = asText(settings['address']) ?? asText(settings['rewriteAddress'])
  const port = asPort(settings['port'] ?? settings['rewritePort'])
  if (host === undefined) return 'it names no destination address'
  return { kind: 'fixed', host, port: Number.isNaN(port) || port === 0 ? listenPort : port }
}

const mostPorts = 100

/** `9102`, `1000-1010`, `80,443`; undefined for more than a hundred, and for what is none of these. */
export function parsePorts(text: string): number[] | undefined {
  const ports: number[] = []
  for (const part of text.split(',')) {
    const [, first = '', last = first] = /^\s*(\d{1,5})(?:\s*-\s*(\d{1,5}))?\s*$/.exec(part) ?? []
    if (first === '' || Number(last) < Number(first) || Number(last) - Number(first) >= mostPorts) {
      return undefined
    }
    for (let port = Number(first); port <= Number(last); port += 1) ports.push(port)
  }
  return ports.length > mostPorts ? undefined : ports
}
