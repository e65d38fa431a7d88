import { formatEndpoint } from '../../../shared/model/address.ts'
import { parseGostNode, type GostNode } from './gost-node.ts'
import type { ForeignRule, PartsBuilder } from './parts-builder.ts'
import { toHop } from './proxy-hop.ts'
import { behind, inARow, refuse, type RouteResult } from './route-result.ts'

// GOST 2 and 3: each -L is a listener, and what it forwards goes through the -F nodes in order.

/** Imports one gost command. */
export function importGost(parts: PartsBuilder, args: readonly string[]): void {
  const { listeners, forwarders, others } = split(args)
  for (const other of others) parts.skip(`gost ${other}: only -L and -F are imported`)
  const route = toRoute(parts, forwarders)
  if (listeners.length === 0) parts.skip('a gost command without -L listens nowhere')
  for (const text of listeners) addListener(parts, text, route)
}

function split(args: readonly string[]) {
  const found: Record<'listeners' | 'forwarders' | 'others', string[]> = {
    listeners: [],
    forwarders: [],
    others: [],
  }
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? ''
    const [, flag = '', attached] = /^--?([A-Za-z]+)(?:=(.*))?$/.exec(word) ?? []
    const isNode = flag === 'L' || flag === 'F'
    if (isNode && attached === undefined) index += 1
    const value = attached ?? args[index] ?? ''
    if (flag === 'L') found.listeners.push(value)
    else if (flag === 'F') found.forwarders.push(value)
    // A value may be a login; the flag alone tells enough.
    else if (flag !== '') found.others.push(`-${flag}`)
  }
  return found
}

/** `kept` are options that change nothing which the model has. */
const knownOptions = new Set(['strategy', 'max_fails', 'fail_timeout', 'maxFails', 'failTimeout', 'ip'])

function toRoute(parts: PartsBuilder, forwarders: readonly string[]): RouteResult {
  return forwarders.reduce<RouteResult>((way, forwarder) => {
    if (!way.ok) return way
    const next = toNodeRoute(parts, forwarder)
    // One alone may be a group.
    return next.ok && forwarders.length > 1 ? behind(way, next) : next
  }, inARow([]))
}

function toNodeRoute(parts: PartsBuilder, forwarder: string): RouteResult {
  const node = parseGostNode(forwarder)
  if (!node) return refuse('its -F is not a node of GOST')
  tellOptions(parts, '-F', node)
  const more = (node.options.get('ip') ?? '').split(',').filter((text) => text !== '')
  const addresses = [
    ...node.addresses,
    ...more.flatMap((text) => parseGostNode(text.includes(':') ? text : `${text}:1080`)?.addresses ?? []),
  ]
  const hopIds: string[] = []
  for (const { host, port } of addresses) {
    const { user, password, transport } = node
    const protocol = node.protocol === '' ? 'http' : node.protocol
    const name = formatEndpoint({ host, port })
    const hop =
      transport === undefined || transport === 'tls'
        ? toHop({ name, protocol, host, port, user, password, tls: transport ? {} : undefined })
        : { ok: false as const, reason: `it is reached over "${transport}", which Nexthop does not speak` }
    if (hop.ok) hopIds.push(parts.hop(hop.hop))
    else parts.skip(`Next hop ${name}: ${hop.reason}`)
  }
  const [only] = hopIds
  if (only === undefined) return refuse('its -F could not be imported')
  if (addresses.length === 1) return { ok: true, route: { kind: 'hop', hopId: only } }
  const isFailover = node.options.get('strategy') === 'fifo'
  const mode = isFailover ? 'failover' : 'round-robin'
  const listId = parts.list({ name: `gost ${addresses.map(formatEndpoint).join(', ')}`, mode, hopIds })
  return { ok: true, route: { kind: 'list', listId } }
}

function addListener(parts: PartsBuilder, text: string, route: RouteResult): void {
  const node = parseGostNode(text)
  const [listen] = node?.addresses ?? []
  if (!node || !listen) {
    parts.skip('a -L that is not a node of GOST')
    return
  }
  const shown = `-L ${node.protocol === '' ? '' : `${node.protocol}://`}${listen.host}:${listen.port}`
  if (!route.ok) {
    parts.skip(`${shown}: ${route.reason}`)
    return
  }
  const destination = toDestination(node)
  if (typeof destination === 'string') {
    parts.skip(`${shown}: ${destination}`)
    return
  }
  tellOptions(parts, shown, node)
  const target = 'host' in destination ? formatEndpoint(destination) : `Proxy on ${listen.port}`
  parts.rule({ name: target, listen, destination, route: route.route })
}

function toDestination({
  protocol,
  transport,
  targets,
  user,
}: GostNode): ForeignRule['destination'] | string {
  if (transport !== undefined) return `it listens with "${transport}", and port rules with plain TCP`
  const [target, another] = targets
  if (protocol === 'tcp' && target) {
    if (another) return 'it has several targets, and a port rule has one'
    return { kind: 'fixed', host: target.host, port: target.port }
  }
  if (protocol === 'tcp') return 'it names no target'
  if (protocol === 'udp') return 'it forwards UDP, and Nexthop TCP'
  if (protocol === 'rtcp' || protocol === 'rudp') return 'it listens at the other end, and Nexthop here'
  const protocols = proxyProtocols(protocol)
  if (protocols && user === undefined) return { kind: 'proxy', protocols }
  if (protocol === 'sni') return { kind: 'sniff' }
  if (user !== undefined) return 'its clients have to log in, which port rules do not ask for'
  return `it is a listener of the kind "${protocol || 'auto'}", which port rules are not`
}

/** GOST's listener without a kind serves both. */
function proxyProtocols(protocol: string): ('socks' | 'http')[] | undefined {
  if (protocol === '' || protocol === 'auto') return ['socks', 'http']
  if (['socks', 'socks4', 'socks4a', 'socks5'].includes(protocol)) return ['socks']
  return protocol === 'http' ? ['http'] : undefined
}

function tellOptions(parts: PartsBuilder, where: string, { options }: GostNode): void {
  const names = [...options.keys()].filter((name) => !knownOptions.has(name))
  if (names.length > 0) parts.skip(`${where}: the option ${names.join(', ')}`)
}
