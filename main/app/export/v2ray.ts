import type { PortRule } from '../../../shared/model/port-rule.ts'
import {
  createRemarks,
  refusedForConditions,
  toTag,
  type EngineExporter,
  type Remarks,
} from './engine-config.ts'
import { noteOfRule } from './note-left-behind.ts'
import { createOutbounds, type Outbounds } from './v2ray-outbounds.ts'

// V2Ray's JSON, which Xray reads as well: rules are inbounds, next hops are outbounds, routing joins them.

/** Without a limit of ours, theirs of five minutes must not cut idle connections: a week is the most that we have. */
const longestIdleS = 604_800

export const exportV2ray: EngineExporter = (config, { withPasswords }) => {
  const remarks = createRemarks()
  const outbounds = createOutbounds(config, withPasswords, remarks)
  const levels = new Map<number, number>()
  const inbounds: object[] = []
  let ruleCount = 0
  const routing: object[] = []
  for (const rule of config.rules) {
    const isLeftOut = refusedForConditions(config, rule, remarks)
    const made = rule.enabled && !isLeftOut ? toInbounds(rule, remarks, levelOf(rule, levels)) : undefined
    if (!rule.enabled) remarks.skip(`Port rule "${rule.name}": it is switched off`)
    if (!made) continue
    const target = outbounds.targetOf(rule)
    if (!target) continue
    ruleCount += 1
    noteOfRule(rule, remarks)
    inbounds.push(...made.inbounds)
    routing.push(...toRouting(rule, made.tags, target))
  }
  const document = {
    log: { loglevel: 'warning' },
    policy: { levels: Object.fromEntries([...levels].map(([idleS, level]) => [level, toPolicy(idleS)])) },
    inbounds,
    outbounds: outbounds.list(),
    routing: {
      domainStrategy: 'AsIs',
      ...(outbounds.balancers().length > 0 && { balancers: outbounds.balancers() }),
      rules: routing,
    },
  }
  return { text: `${JSON.stringify(document, undefined, 2)}\n`, ruleCount, ...remarks.all() }
}

function levelOf(rule: PortRule, levels: Map<number, number>): number {
  const idleS = rule.idleTimeoutMs === 0 ? longestIdleS : Math.max(1, Math.round(rule.idleTimeoutMs / 1000))
  const level = levels.get(idleS) ?? levels.size
  levels.set(idleS, level)
  return level
}

/** Half-closed connections may go on as long as idle ones. */
function toPolicy(idleS: number) {
  return { connIdle: idleS, uplinkOnly: idleS, downlinkOnly: idleS }
}

interface Made {
  readonly inbounds: readonly object[]
  readonly tags: readonly string[]
}

function toInbounds(rule: PortRule, remarks: Remarks, level: number): Made | undefined {
  const { listen, destination } = rule
  const skip = (reason: string) => {
    remarks.skip(`Port rule "${rule.name}": ${reason}`)
    return undefined
  }
  if (listen.kind === 'unix') return skip('V2Ray is given TCP ports here, and this rule has a unix socket')
  if (listen.port === 0) return skip('V2Ray needs a listen port that is fixed')
  if (rule.receiveProxyHeader || rule.sendProxyHeader !== 'off') {
    return skip('it receives or sends PROXY protocol headers, which are not exported')
  }
  if (rule.maxConnections > 0) remarks.note(`"${rule.name}" has no connection limit in V2Ray`)
  const tag = toTag(rule)
  const base = { listen: listen.host, port: listen.port, tag }
  switch (destination.kind) {
    case 'fixed':
      return { inbounds: [door(base, destination.host, destination.port, level)], tags: [tag] }
    case 'range': {
      const tags = Array.from({ length: destination.count }, (_, offset) => `${tag}-${listen.port + offset}`)
      const inbounds = tags.map((ownTag, offset) =>
        door(
          { ...base, tag: ownTag, port: listen.port + offset },
          destination.host,
          destination.port + offset,
          level,
        ),
      )
      return { inbounds, tags }
    }
    case 'proxy': {
      if (destination.allowed.length > 0) return skip('its list of allowed destinations is not exported')
      const hasSocks = destination.protocols.includes('socks')
      if (hasSocks && destination.protocols.length > 1) {
        remarks.note(
          `"${rule.name}" is a SOCKS5 proxy alone in V2Ray, which has none for HTTP on the same port`,
        )
      }
      const settings = hasSocks ? { auth: 'noauth', udp: false, userLevel: level } : { userLevel: level }
      return { inbounds: [{ ...base, protocol: hasSocks ? 'socks' : 'http', settings }], tags: [tag] }
    }
    default:
      return skip('its destination is found in the traffic, which is not exported')
  }
}

function door(base: object, address: string, port: number, userLevel: number) {
  return { ...base, protocol: 'dokodemo-door', settings: { address, port, network: 'tcp', userLevel } }
}

/** Who may connect is a condition of the routing; everybody else ends at the outbound that blocks. */
function toRouting(
  rule: PortRule,
  tags: readonly string[],
  target: ReturnType<Outbounds['targetOf']>,
): object[] {
  const base = { type: 'field', inboundTag: tags, network: 'tcp' }
  if (rule.allowedClients.length === 0) return [{ ...base, ...target }]
  return [
    { ...base, source: rule.allowedClients, ...target },
    { ...base, outboundTag: 'block' },
  ]
}
