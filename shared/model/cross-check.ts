import { say } from '../told.ts'
import { clashes } from './clashes.ts'
import { formatEndpoint, type Endpoint } from './address.ts'
import { formatRange, namedDestinations, portCount, type EndpointRange } from './destination-range.ts'
import type { Config } from './config.ts'
import { hostKind, isLoopback, isWildcard } from './host.ts'
import type { Issue } from './issues.ts'
import type { Listen, PortRule } from './port-rule.ts'
import { hopFinder } from './hop-finder.ts'
import { danglingReferences, routePlaces } from './references.ts'
import { waysOf, type Way } from './ways.ts'

// What the parts of a config say of each other: names, references, ports used twice, loops.

/** Every contradiction in a config whose fields are valid by themselves. */
export function crossCheck(config: Config): Issue[] {
  return [
    ...clashes(config),
    ...danglingReferences(config),
    ...impossibleTargets(config),
    ...impossibleLegs(config),
    ...loops(config),
  ]
}

function impossibleTargets(config: Config): Issue[] {
  const issues: Issue[] = []
  const hopsOf = hopFinder(config)
  config.rules.forEach((rule, index) => {
    if (!namedDestinations(rule.destination).some(({ host }) => hostKind(host) === 'ipv6')) return
    for (const { route, path, isOwn } of waysOf(config, rule, index)) {
      const hops = hopsOf(route)
      // In a chain, only the last one is asked for the destination.
      const asked = route.kind === 'chain' ? hops.slice(-1) : hops
      const hop = asked.find(({ version }) => version !== '5')
      if (!hop) continue
      const gaps = { hop: hop.name, version: hop.version }
      issues.push({
        path: isOwn ? [...destinationPath(rule, index), 'host'] : path,
        ...(isOwn
          ? say(
              'Destination host is an IPv6 address, which the next hop "{hop}" can\'t reach with SOCKS{version}: use SOCKS5, or a name or IPv4 address',
              gaps,
            )
          : say(
              'Destination host of the rule "{rule}" is an IPv6 address, which the next hop "{hop}" can\'t reach with SOCKS{version}: use SOCKS5, or a name or IPv4 address',
              { ...gaps, rule: rule.name },
            )),
      })
    }
  })
  return issues
}

/** In a chain, each hop is asked for the address of the next one. */
function impossibleLegs(config: Config): Issue[] {
  const hopsById = new Map(config.hops.map((hop) => [hop.id, hop]))
  return routePlaces(config).flatMap(({ route, path }) => {
    if (route.kind !== 'chain') return []
    return route.hopIds.slice(1).flatMap((id, before) => {
      const [asked, next] = [hopsById.get(route.hopIds[before] ?? ''), hopsById.get(id)]
      if (!asked || !next || asked.version === '5' || hostKind(next.host) !== 'ipv6') return []
      const said = say(
        'The next hop "{next}" has an IPv6 address, which "{asked}" before it can\'t reach with SOCKS{version}: put it first, or use SOCKS5 before it',
        { next: next.name, asked: asked.name, version: asked.version },
      )
      return [{ path: [...path, 'hopIds', before + 1], ...said }]
    })
  })
}

/** Where a rule names its destination. */
function destinationPath({ destination }: PortRule, index: number): Issue['path'] {
  return ['rules', index, 'destination', ...(destination.kind === 'sniff' ? ['fallback'] : [])]
}

function loops(config: Config): Issue[] {
  const { hops, rules } = config
  const issues: Issue[] = []
  hops.forEach((hop, index) => {
    const rule = rules.find((candidate) => reachesRule(hop, candidate))
    if (!rule) return
    issues.push({
      path: ['hops', index, 'port'],
      ...say('{address} is the listen address of the rule "{rule}", a loop: give the proxy\'s own address', {
        address: formatEndpoint(hop),
        rule: rule.name,
      }),
    })
  })
  const directWays = rules.map((rule, index) =>
    waysOf(config, rule, index).filter(({ route }) => route.kind === 'direct'),
  )
  rules.forEach((rule, index) => {
    const [named] = namedDestinations(rule.destination)
    const [way] = directWays[index] ?? []
    if (!named || !way || !isDirectLoop(rule, rules, directWays)) return
    const isOwn = (directWays[index] ?? []).some((other) => other.isOwn)
    issues.push({
      path: isOwn ? [...destinationPath(rule, index), 'port'] : way.path,
      ...(isOwn
        ? say('{address} leads back to this rule, a loop: choose another destination', {
            address: formatRange(named),
          })
        : say('Directly, {address} leads back to the rule "{rule}", a loop: choose another route', {
            address: formatRange(named),
            rule: rule.name,
          })),
    })
  })
  return issues
}

function isDirectLoop(
  start: PortRule,
  rules: readonly PortRule[],
  directWays: readonly (readonly Way[])[],
): boolean {
  let rule: PortRule | undefined = start
  for (let steps = 0; rule && steps <= rules.length; steps += 1) {
    if ((directWays[rules.indexOf(rule)] ?? []).length === 0) return false
    const [named]: readonly EndpointRange[] = namedDestinations(rule.destination)
    rule = named && rules.find((candidate) => reachesRule(named, candidate))
    if (rule === start) return true
  }
  return false
}

/** True where connecting to the end point, or to one of its ports, surely ends at the rule's listener, which is on. */
function reachesRule(
  endpoint: Endpoint & { readonly count?: number },
  { enabled, listen, destination }: PortRule,
): boolean {
  if (!enabled || listen.kind !== 'tcp' || listen.port === 0) return false
  const overlaps =
    endpoint.port < listen.port + portCount(destination) &&
    listen.port < endpoint.port + (endpoint.count ?? 1)
  return overlaps && reaches({ host: endpoint.host, port: listen.port }, listen)
}

/** True where connecting to the end point surely ends at the listener. */
export function reaches(endpoint: Endpoint, listen: Listen): boolean {
  if (listen.kind !== 'tcp' || listen.port === 0 || listen.port !== endpoint.port) return false
  if (listen.host === endpoint.host) return true
  const isLocal = isLoopback(endpoint.host) || isWildcard(endpoint.host)
  if (!isLocal) return false
  if (isWildcard(listen.host)) return true
  // "localhost", 0.0.0.0 and :: each end at a loopback listener; two different loopback addresses do not.
  const isVague = hostKind(endpoint.host) === 'name' || isWildcard(endpoint.host)
  return isLoopback(listen.host) && (isVague || listen.host === 'localhost')
}
