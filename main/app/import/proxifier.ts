import { parseXml, XmlElement } from '@rgrove/parse-xml'
import { formatEndpoint } from '../../../shared/model/address.ts'
import type { ListMode } from '../../../shared/model/next-hop-list.ts'
import type { Route } from '../../../shared/model/port-rule.ts'
import { asPort, type Foreign } from './foreign.ts'
import { createPartsBuilder, type PartsBuilder } from './parts-builder.ts'
import { toHop } from './proxy-hop.ts'
import { inARow } from './route-result.ts'

// Proxifier's profiles. It catches the connections of programs, and Nexthop listens on ports: a rule can be imported
// where it names its destinations one by one, and the program must then be pointed at the port.

/** Throws where the text is no XML. */
export function importProxifier(text: string): Foreign {
  const parts = createPartsBuilder('proxifier')
  const root = parseXml(text, { ignoreUndefinedEntities: true }).root
  const routes = new Map<string, Route>()
  const encryption = children(children(root, 'Options')[0], 'Encryption')[0]?.attributes['mode']
  const isLocked = encryption !== 'disabled'
  for (const proxy of all(root, 'ProxyList', 'Proxy')) addProxy(parts, proxy, routes, isLocked)
  for (const chain of all(root, 'ChainList', 'Chain')) addChain(parts, chain, routes)
  for (const rule of all(root, 'RuleList', 'Rule')) addRule(parts, rule, routes)
  return parts.finish()
}

function children(parent: XmlElement | null | undefined, name: string): XmlElement[] {
  return (parent?.children ?? []).filter(
    (node): node is XmlElement => node instanceof XmlElement && node.name === name,
  )
}

function all(root: XmlElement | null, list: string, entry: string): XmlElement[] {
  return children(root, list).flatMap((element) => children(element, entry))
}

function text(parent: XmlElement | undefined, name: string): string {
  return children(parent, name)[0]?.text.trim() ?? ''
}

function addProxy(
  parts: PartsBuilder,
  proxy: XmlElement,
  routes: Map<string, Route>,
  isLocked: boolean,
): void {
  const host = text(proxy, 'Address')
  const port = asPort(text(proxy, 'Port'))
  const type = (proxy.attributes['type'] ?? '').toLowerCase()
  const name = text(proxy, 'Label') || formatEndpoint({ host, port })
  const [login] = children(proxy, 'Authentication')
  const hasLogin = login?.attributes['enabled'] === 'true'
  const user = hasLogin ? text(login, 'Username') : ''
  const password = hasLogin ? text(login, 'Password') : ''
  const hop = toHop({
    name,
    protocol: type === 'https' ? 'http' : type,
    host,
    port,
    user,
    password: isLocked ? '' : password,
  })
  if (!hop.ok) {
    parts.skip(`Proxy "${name}": ${hop.reason}`)
    return
  }
  if (isLocked && password !== '') {
    parts.note(`The password of "${name}" is locked for Proxifier alone: enter it in the next hop`)
  }
  routes.set(`Proxy ${proxy.attributes['id']}`, { kind: 'hop', hopId: parts.hop(hop.hop) })
}

const modes: Readonly<Record<string, ListMode>> = { redundancy: 'failover', load_balancing: 'round-robin' }

function addChain(parts: PartsBuilder, chain: XmlElement, routes: Map<string, Route>): void {
  const type = chain.attributes['type'] ?? ''
  const name = text(chain, 'Name') || 'Proxy chain'
  const used = children(chain, 'Proxy').filter((proxy) => proxy.attributes['enabled'] !== 'false')
  const hopIds = used.flatMap((proxy) => {
    const route = routes.get(`Proxy ${proxy.text.trim()}`)
    return route?.kind === 'hop' ? [route.hopId] : []
  })
  const mode = modes[type]
  if (!mode) {
    // Without one of its proxies it would lead another way.
    const row = hopIds.length < used.length ? undefined : inARow(hopIds)
    if (row?.ok && hopIds.length > 0) routes.set(`Chain ${chain.attributes['id']}`, row.route)
    else
      parts.skip(
        `Chain "${name}": ${row && !row.ok ? row.reason : 'one of its proxies could not be imported'}`,
      )
    return
  }
  if (hopIds.length < used.length) parts.skip(`Chain "${name}": its proxies that are no next hops`)
  if (hopIds.length === 0) return
  routes.set(`Chain ${chain.attributes['id']}`, {
    kind: 'list',
    listId: parts.list({ name, mode, hopIds: [...new Set(hopIds)] }),
  })
}

/** A rule makes at most so many port rules. */
const mostPairs = 20

function addRule(parts: PartsBuilder, rule: XmlElement, routes: Map<string, Route>): void {
  const name = text(rule, 'Name') || 'Unnamed'
  const skip = (reason: string) => {
    parts.skip(`Rule "${name}": ${reason}`)
  }
  const [action] = children(rule, 'Action')
  const route = toRoute(action, routes)
  if (!route) {
    skip('its proxy could not be imported')
    return
  }
  const hosts = split(text(rule, 'Targets'))
  const ports = split(text(rule, 'Ports'))
  const pairs = hosts.flatMap((host) => ports.map((port) => ({ host, port: asPort(port) })))
  const isListable =
    pairs.length > 0 &&
    pairs.length <= mostPairs &&
    hosts.every((host) => !/[*?%]/.test(host) && !/^[\d.]+-/.test(host) && !host.includes('/')) &&
    ports.every((port) => /^\d+$/.test(port))
  if (!isListable) {
    skip(
      'it catches connections of programs, and does not name its destinations one by one: ' +
        'add a port rule for each that you need',
    )
    return
  }
  for (const { host, port } of pairs) {
    const ruleName = pairs.length === 1 ? name : `${name}: ${formatEndpoint({ host, port })}`
    parts.rule({
      name: ruleName,
      enabled: false,
      listen: { host: '127.0.0.1', port },
      destination: { kind: 'fixed', host, port },
      route,
    })
    parts.note(
      `"${ruleName}" comes switched off: Nexthop does not catch connections, so point the program at ` +
        `127.0.0.1:${port} and switch it on`,
    )
  }
  const programs = text(rule, 'Applications')
  if (programs !== '') skip(`it is for ${programs} alone, and a port rule for every program`)
}

function toRoute(action: XmlElement | undefined, routes: Map<string, Route>): Route | undefined {
  const type = action?.attributes['type']
  switch (type) {
    case 'Direct':
      return { kind: 'direct' }
    case 'Block':
      return { kind: 'block' }
    default:
      return routes.get(`${type} ${action?.text.trim()}`)
  }
}

function split(list: string): string[] {
  return list
    .split(/[;,\s]+/)
    .map((entry) => entry.replace(/^"|"$/g, ''))
    .filter((entry) => entry !== '')
}
