import { formatEndpoint } from '../../../shared/model/address.ts'
import { hostKind } from '../../../shared/model/host.ts'
import type { PortRule } from '../../../shared/model/port-rule.ts'
import {
  createRemarks,
  refusedForConditions,
  toTag,
  type EngineExporter,
  type Remarks,
} from './engine-config.ts'
import { serverLines } from './haproxy-servers.ts'

// HAProxy: each rule is a "listen" section, each of its next hops a server line with the same destination.

const weekS = 604_800

export const exportHaproxy: EngineExporter = (config) => {
  const remarks = createRemarks()
  const sections = config.rules.flatMap((rule) => {
    if (!rule.enabled) {
      remarks.skip(`Port rule "${rule.name}": it is switched off`)
      return []
    }
    if (refusedForConditions(config, rule, remarks)) return []
    const refused = refusal(rule)
    const route = refused === undefined ? serverLines(config, rule, remarks) : undefined
    if (refused !== undefined) remarks.skip(`Port rule "${rule.name}": ${refused}`)
    return route ? [section(rule, route, remarks)] : []
  })
  const text = [
    '# Made of the port rules of Nexthop.',
    'global',
    '  log stderr format raw local0 notice',
    '',
    'defaults',
    '  mode tcp',
    '  timeout connect 10s',
    ...sections.flatMap((lines) => ['', ...lines]),
    ...(config.rules.some(hasNamedTarget) ? ['', 'resolvers system', '  parse-resolv-conf'] : []),
    '',
  ]
  return { text: text.join('\n'), ruleCount: sections.length, ...remarks.all() }
}

function refusal({ listen, destination }: PortRule): string | undefined {
  if (listen.kind === 'tcp' && listen.port === 0) return 'HAProxy needs a listen port that is fixed'
  if (listen.kind === 'unix' && listen.path.includes(' ')) return 'its socket path has a space in it'
  if (destination.kind === 'fixed' || destination.kind === 'range') return undefined
  return 'its destination is found in the traffic, and HAProxy needs a fixed one for SOCKS'
}

function section(rule: PortRule, servers: readonly string[], remarks: Remarks): string[] {
  const { name, allowedClients, maxConnections, idleTimeoutMs, receiveProxyHeader } = rule
  const idleS = idleTimeoutMs === 0 ? weekS : Math.max(1, Math.round(idleTimeoutMs / 1000))
  if (maxConnections > 0) {
    remarks.note(`HAProxy lets connections over the limit of "${name}" wait, which Nexthop closes`)
  }
  return [
    `# ${name}`,
    `listen ${toTag(rule)}`,
    `  bind ${bindAddress(rule)}${receiveProxyHeader ? ' accept-proxy' : ''}`,
    `  timeout client ${idleS}s`,
    `  timeout server ${idleS}s`,
    ...(maxConnections > 0 ? [`  maxconn ${maxConnections}`] : []),
    ...(allowedClients.length > 0
      ? [`  tcp-request connection reject if !{ src ${allowedClients.join(' ')} }`]
      : []),
    ...servers,
  ]
}

function bindAddress({ listen, destination }: PortRule): string {
  if (listen.kind === 'unix') return `unix@${listen.path}`
  const first = formatEndpoint(listen)
  return destination.kind === 'range' ? `${first}-${listen.port + destination.count - 1}` : first
}

function hasNamedTarget({ enabled, destination }: PortRule): boolean {
  return enabled && 'host' in destination && hostKind(destination.host) === 'name'
}
