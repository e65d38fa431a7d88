import { asList, asObject, asPort, asText, type Loose } from './foreign.ts'
import type { PartsBuilder } from './parts-builder.ts'
import { toHop } from './proxy-hop.ts'
import { behind, refuse, type RouteResult } from './route-result.ts'

// Which route of ours stands for the outbound, or the balancer, that an inbound's traffic takes.

export interface XrayRoutes {
  /** By the inbound's tag. */
  routeOf(inboundTag: string): RouteResult
}

export function createXrayRoutes(parts: PartsBuilder, document: Loose): XrayRoutes {
  const listed = [
    ...(document['outbound'] ? [document['outbound']] : []),
    ...asList(document['outbounds']),
    ...asList(document['outboundDetour']),
  ].map(asObject)
  const outbounds = listed.map((outbound, index) => ({
    outbound,
    tag: asText(outbound['tag']) ?? `outbound ${index + 1}`,
  }))
  const routes = outbounds.map(({ outbound, tag }) => {
    const route = withDialer(outbound, tag, [])
    if (!route.ok) parts.skip(`Outbound "${tag}": ${route.reason}`)
    return { tag, route }
  })

  /** An outbound may be reached through another one: then both are a chain. */
  function withDialer(outbound: Loose, tag: string, path: readonly string[]): RouteResult {
    const dialer = dialerOf(outbound)
    const own = toRoute(parts, outbound, tag)
    if (dialer === undefined || !own.ok) return own
    if ([...path, tag].includes(dialer)) return refuse('it is reached through itself')
    const before = outbounds.find((entry) => entry.tag === dialer)
    if (!before) return refuse(`there is no outbound "${dialer}", through which it is reached`)
    return behind(withDialer(before.outbound, dialer, [...path, tag]), own)
  }

  const routing = asObject(document['routing'])
  const rules = asList(routing['rules']).map(asObject)
  const plain = rules.filter(isByInboundAlone)
  if (plain.length < rules.length) {
    const count = rules.length - plain.length
    parts.skip(
      `${count} routing ${count === 1 ? 'rule' : 'rules'} that ${count === 1 ? 'looks' : 'look'} at more than ` +
        'the inbound: domains, addresses, users or protocols',
    )
  }
  const balancers = asList(routing['balancers']).map(asObject)

  const byTag = (tag: string) => routes.find((entry) => entry.tag === tag)?.route

  function ofBalancer(tag: string): RouteResult {
    const balancer = balancers.find((entry) => asText(entry['tag']) === tag)
    const prefixes = asList(balancer?.['selector']).flatMap((prefix) => asText(prefix) ?? [])
    const members = routes.filter((entry) => prefixes.some((prefix) => entry.tag.startsWith(prefix)))
    const hopIds = members.flatMap(({ route }) =>
      route.ok && route.route.kind === 'hop' ? [route.route.hopId] : [],
    )
    if (hopIds.length === 0) return refuse(`its balancer "${tag}" has no SOCKS outbound`)
    if (hopIds.length < members.length) parts.skip(`Balancer "${tag}": its outbounds that are no next hops`)
    const strategy = asText(asObject(balancer?.['strategy'])['type']) ?? 'random'
    if (strategy !== 'roundRobin') {
      parts.note(`The balancer "${tag}" chooses by "${strategy}"; its next-hop list goes round in turn`)
    }
    const unique = [...new Set(hopIds)]
    return {
      ok: true,
      route: { kind: 'list', listId: parts.list({ name: tag, mode: 'round-robin', hopIds: unique }) },
    }
  }

  return {
    routeOf: (inboundTag) => {
      const rule = plain.find((entry) => inboundTags(entry).includes(inboundTag))
      const balancerTag = asText(rule?.['balancerTag'])
      if (balancerTag !== undefined) return ofBalancer(balancerTag)
      const outboundTag = asText(rule?.['outboundTag'])
      // Without a rule, the first outbound is taken; without outbounds, traffic goes out as it is.
      if (outboundTag === undefined) return routes[0]?.route ?? { ok: true, route: { kind: 'direct' } }
      return byTag(outboundTag) ?? refuse(`there is no outbound "${outboundTag}"`)
    },
  }
}

function inboundTags(rule: Loose): readonly string[] {
  const tags = rule['inboundTag']
  return typeof tags === 'string' ? tags.split(',') : asList(tags).flatMap((tag) => asText(tag) ?? [])
}

const neutralKeys = new Set(['type', 'inboundTag', 'outboundTag', 'balancerTag', 'ruleTag', 'domainMatcher'])

function isByInboundAlone(rule: Loose): boolean {
  const isForTcp = (asText(rule['network']) ?? 'tcp').split(',').includes('tcp')
  return (
    isForTcp &&
    inboundTags(rule).length > 0 &&
    Object.keys(rule).every((key) => neutralKeys.has(key) || key === 'network')
  )
}

function toRoute(parts: PartsBuilder, outbound: Loose, tag: string): RouteResult {
  const protocol = asText(outbound['protocol']) ?? ''
  if (protocol === 'freedom' || protocol === 'direct') return { ok: true, route: { kind: 'direct' } }
  if (protocol === 'blackhole' || protocol === 'block') return { ok: true, route: { kind: 'block' } }
  const settings = asObject(outbound['settings'])
  const servers = asList(settings['servers']).map(asObject)
  const server = servers[0] ?? settings
  const user = asObject(asList(server['users'])[0] ?? server)
  const stream = asObject(outbound['streamSettings'])
  const network = asText(stream['network']) ?? 'tcp'
  const security = asText(stream['security']) ?? 'none'
  if (!['tcp', 'raw'].includes(network) || !['none', 'tls'].includes(security)) {
    return refuse(`it is reached over "${network}" with "${security}", which Nexthop does not speak`)
  }
  const tls = asObject(stream['tlsSettings'])
  const hop = toHop({
    name: tag,
    protocol: protocol === 'socks' ? `socks${asText(settings['version']) ?? '5'}` : protocol,
    host: asText(server['address']) ?? '',
    port: asPort(server['port']),
    user: asText(user['user']),
    password: asText(user['pass']),
    tls:
      security === 'tls'
        ? { serverName: asText(tls['serverName']), isUnverified: tls['allowInsecure'] === true }
        : undefined,
  })
  if (!hop.ok) return refuse(hop.reason)
  if (servers.length > 1) parts.skip(`Outbound "${tag}": its servers after the first`)
  return { ok: true, route: { kind: 'hop', hopId: parts.hop(hop.hop) } }
}

/** Xray and V2Ray each have a name of their own for it. */
function dialerOf(outbound: Loose): string | undefined {
  const sockopt = asObject(asObject(outbound['streamSettings'])['sockopt'])
  return asText(sockopt['dialerProxy']) ?? asText(asObject(outbound['proxySettings'])['tag'])
}
