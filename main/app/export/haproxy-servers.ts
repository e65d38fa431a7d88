import { formatEndpoint } from '../../../shared/model/address.ts'
import type { Config } from '../../../shared/model/config.ts'
import { hopFinder } from '../../../shared/model/hop-finder.ts'
import { hostKind } from '../../../shared/model/host.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { NextHopList } from '../../../shared/model/next-hop-list.ts'
import type { PortRule } from '../../../shared/model/port-rule.ts'
import { toTag, type Remarks } from './engine-config.ts'
import { noteOfHop, noteOfRule } from './note-left-behind.ts'

/** The lines that say where a rule's traffic goes. Undefined, and told in the remarks, where HAProxy can't do it. */
export function serverLines(config: Config, rule: PortRule, remarks: Remarks): string[] | undefined {
  const { route } = rule
  switch (route.kind) {
    case 'block':
      return ['  tcp-request connection reject']
    case 'direct':
      return [`  server direct ${target(rule)}${options(rule)}`]
    case 'hop':
    case 'list': {
      const hops = hopFinder(config)(rule.route)
      const reasons = hops.flatMap((hop) => refusal(hop) ?? [])
      if (reasons.length > 0 || hops.length === 0) {
        for (const reason of reasons) remarks.skip(`Port rule "${rule.name}": ${reason}`)
        return undefined
      }
      if ('host' in rule.destination && hostKind(rule.destination.host) === 'name') {
        remarks.note(`HAProxy looks up ${rule.destination.host} itself: its socks4 carries addresses alone`)
      }
      noteOfRule(rule, remarks)
      for (const hop of hops) {
        noteOfHop(hop, remarks)
        if (hop.user) remarks.note(`HAProxy always gives "HAProxy" as the user of "${hop.name}"`)
      }
      const list = route.kind === 'list' ? config.lists.find(({ id }) => id === route.listId) : undefined
      if (list) noteMode(list, remarks)
      return list
        ? [
            '  balance roundrobin',
            // A connection that fails at one hop goes on to the next.
            `  retries ${Math.max(1, hops.length)}`,
            '  option redispatch 1',
            ...hops.map((hop, index) => {
              const isBackup = (list.mode === 'failover' && index > 0) || list.backupHopIds.includes(hop.id)
              const weight = list.weights[hop.id]
              return hopServer(
                hop,
                rule,
                `${listCheck}${isBackup ? ' backup' : ''}${weight === undefined ? '' : ` weight ${weight}`}`,
              )
            }),
          ]
        : hops.map((hop) => hopServer(hop, rule, ''))
    }
    default:
      remarks.skip(`Port rule "${rule.name}": its route is not exported`)
      return undefined
  }
}

function noteMode({ name, mode }: NextHopList, remarks: Remarks): void {
  if (mode === 'failover' || mode === 'round-robin') return
  remarks.note(`The list "${name}" takes its next hops in turn in HAProxy, not by "${mode}"`)
}

function refusal(hop: NextHop): string | undefined {
  if (hop.protocol === 'http') return `the next hop "${hop.name}" speaks HTTP, and HAProxy SOCKS4`
  if (hop.tls) return `the next hop "${hop.name}" wants TLS, which is not exported`
  if (hop.version === '5') return `the next hop "${hop.name}" speaks SOCKS5, and HAProxy SOCKS4`
  if (hostKind(hop.host) === 'name') {
    return `the next hop "${hop.name}" has a name, and HAProxy wants the address of a SOCKS proxy`
  }
  return undefined
}

function hopServer(hop: NextHop, rule: PortRule, check: string): string {
  return `  server ${toTag(hop)} ${target(rule)} socks4 ${formatEndpoint(hop)}${options(rule)}${check}`
}

/** One failure marks a hop down, so that the same connection goes on at the next; checks through it bring it back. */
const listCheck = ' check check-via-socks4 rise 1 fall 1 observe layer4 error-limit 1 on-error mark-down'

/** A range keeps each connection's offset from the first port. */
function target({ listen, destination }: PortRule): string {
  if (!('host' in destination)) return ''
  const host = hostKind(destination.host) === 'ipv6' ? `[${destination.host}]` : destination.host
  if (destination.kind !== 'range' || listen.kind !== 'tcp') return `${host}:${destination.port}`
  const offset = destination.port - listen.port
  return `${host}:${offset < 0 ? '' : '+'}${offset}`
}

function options({ destination, sendProxyHeader }: PortRule): string {
  // A name that can't be looked up must not keep HAProxy from starting.
  const isName = 'host' in destination && hostKind(destination.host) === 'name'
  const header = { off: '', v1: ' send-proxy', v2: ' send-proxy-v2' }[sendProxyHeader]
  return `${isName ? ' resolvers system init-addr last,libc,none' : ''}${header}`
}
