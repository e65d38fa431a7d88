import type { ListMode } from '../../../shared/model/next-hop-list.ts'
import { asList, asObject, asPort, asText, type Loose } from './foreign.ts'
import type { PartsBuilder } from './parts-builder.ts'
import { toHop } from './proxy-hop.ts'
import { behind, refuse, type RouteResult } from './route-result.ts'

// Proxies are next hops, groups of them next-hop lists.

export interface MihomoRoutes {
  routeOf(name: string): RouteResult
}

/** Options of a proxy that change nothing for TCP. */
const neutralKeys = new Set([
  'name',
  'type',
  'server',
  'port',
  'username',
  'password',
  'udp',
  'tls',
  'sni',
  'skip-cert-verify',
  'dialer-proxy',
])

export function createMihomoRoutes(parts: PartsBuilder, document: Loose): MihomoRoutes {
  const routes = new Map<string, RouteResult>([
    ['DIRECT', { ok: true, route: { kind: 'direct' } }],
    ['REJECT', { ok: true, route: { kind: 'block' } }],
    ['REJECT-DROP', { ok: true, route: { kind: 'block' } }],
  ])
  const proxies = asList(document['proxies']).map((entry) => {
    const proxy = asObject(entry)
    return { proxy, name: asText(proxy['name']) ?? 'Unnamed' }
  })
  const groups = new Map(
    asList(document['proxy-groups'])
      .map(asObject)
      .map((group) => [asText(group['name']) ?? '', group]),
  )

  function ofGroup(name: string, group: Loose, path: readonly string[]): RouteResult {
    if (path.includes(name)) return refuse(`the group "${name}" contains itself`)
    const members = asList(group['proxies']).flatMap((member) => asText(member) ?? [])
    const type = asText(group['type']) ?? ''
    if (type === 'select') {
      const [first, ...others] = members
      if (first === undefined) return refuse(`the group "${name}" is empty`)
      if (others.length > 0) {
        parts.note(`The group "${name}" is for choosing by hand: its first proxy "${first}" is taken`)
      }
      return routeOf(first, [...path, name])
    }
    const mode = modeOf(type, asText(group['strategy']))
    if (!mode) return refuse(`the group "${name}" is of the kind "${type}", which next-hop lists are not`)
    const hopIds = members.flatMap((member) => {
      const result = routeOf(member, [...path, name])
      if (result.ok && result.route.kind === 'hop') return [result.route.hopId]
      parts.skip(`Group "${name}": its member "${member}", which is no next hop`)
      return []
    })
    if (hopIds.length === 0) return refuse(`the group "${name}" has no SOCKS proxy`)
    if (mode.note) parts.note(`The group "${name}" ${mode.note}`)
    const listId = parts.list({ name, mode: mode.mode, hopIds: [...new Set(hopIds)] })
    return { ok: true, route: { kind: 'list', listId } }
  }

  function routeOf(name: string, path: readonly string[] = []): RouteResult {
    const known = routes.get(name)
    if (known) return known
    const group = groups.get(name)
    return group ? ofGroup(name, group, path) : refuse(`there is no proxy or group "${name}"`)
  }

  /** A proxy may be reached through another one: then both are a chain. */
  function withDialer(proxy: Loose, name: string, path: readonly string[]): RouteResult {
    const known = routes.get(name)
    if (known) return known
    if (path.includes(name)) return refuse('it is reached through itself')
    const dialer = asText(proxy['dialer-proxy'])
    const own = toRoute(parts, proxy, name)
    const before = proxies.find((entry) => entry.name === dialer)
    if (dialer === undefined || !own.ok) return own
    const way = before ? withDialer(before.proxy, dialer, [...path, name]) : routeOf(dialer, [...path, name])
    return behind(way, own)
  }

  for (const { proxy, name } of proxies) {
    const route = withDialer(proxy, name, [])
    if (!route.ok) parts.skip(`Proxy "${name}": ${route.reason}`)
    routes.set(name, route)
  }

  return { routeOf: (name) => routeOf(name) }
}

function modeOf(
  type: string,
  strategy: string | undefined,
): { readonly mode: ListMode; readonly note?: string } | undefined {
  switch (type) {
    case 'fallback':
      return { mode: 'failover' }
    case 'load-balance':
      return strategy === undefined || strategy === 'round-robin'
        ? { mode: 'round-robin' }
        : { mode: 'round-robin', note: `spreads by "${strategy}"; its next-hop list goes round in turn` }
    case 'url-test':
      return {
        mode: 'failover',
        note: 'takes the fastest proxy; its next-hop list takes the first that works',
      }
    default:
      return undefined
  }
}

function toRoute(parts: PartsBuilder, proxy: Loose, name: string): RouteResult {
  const hop = toHop({
    name,
    protocol: asText(proxy['type']) ?? '',
    host: asText(proxy['server']) ?? '',
    port: asPort(proxy['port']),
    user: asText(proxy['username']),
    password: asText(proxy['password']),
    tls:
      proxy['tls'] === true
        ? { serverName: asText(proxy['sni']), isUnverified: proxy['skip-cert-verify'] === true }
        : undefined,
  })
  if (!hop.ok) return refuse(hop.reason)
  const others = Object.keys(proxy).filter((key) => !neutralKeys.has(key))
  if (others.length > 0) parts.skip(`Proxy "${name}": ${others.map((key) => `"${key}"`).join(', ')}`)
  return { ok: true, route: { kind: 'hop', hopId: parts.hop(hop.hop) } }
}
