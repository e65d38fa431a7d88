import type { Config } from '../../../shared/model/config.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { NextHopList } from '../../../shared/model/next-hop-list.ts'
import type { PortRule } from '../../../shared/model/port-rule.ts'
import { toTag, type Remarks } from './engine-config.ts'
import { noteOfHop } from './note-left-behind.ts'

/** Where a routing rule sends traffic. */
export type V2rayTarget = { readonly outboundTag: string } | { readonly balancerTag: string }

export interface Outbounds {
  /** Undefined, and told in the remarks, where V2Ray has nothing for the rule's route. */
  targetOf(rule: PortRule): V2rayTarget | undefined
  list(): readonly object[]
  balancers(): readonly object[]
}

export function createOutbounds(config: Config, withPasswords: boolean, remarks: Remarks): Outbounds {
  const used = new Map<string, object>()
  const balancers = new Map<string, object>()

  function ofHop(hop: NextHop, rule: PortRule): string | undefined {
    const reason = refusal(hop)
    if (reason !== undefined) {
      remarks.skip(`Port rule "${rule.name}": the next hop "${hop.name}" ${reason}`)
      return undefined
    }
    noteOfHop(hop, remarks)
    const tag = toTag(hop)
    if (!used.has(tag)) used.set(tag, toOutbound(hop, tag, withPasswords, remarks))
    return tag
  }

  function ofList(list: NextHopList, rule: PortRule): V2rayTarget | undefined {
    const wanted = list.hopIds.filter((id) => !list.backupHopIds.includes(id))
    const hops = wanted.flatMap((id) => config.hops.find((hop) => hop.id === id) ?? [])
    if (wanted.length < list.hopIds.length) {
      remarks.note(`The backups of the list "${list.name}" are left out: V2Ray has none`)
    }
    if (list.mode === 'failover') {
      const [first] = hops
      const tag = first && ofHop(first, rule)
      if (tag === undefined) return undefined
      if (hops.length > 1) {
        remarks.note(`"${rule.name}" uses the first next hop of "${list.name}" alone: V2Ray has no failover`)
      }
      return { outboundTag: tag }
    }
    const tags = hops.flatMap((hop) => ofHop(hop, rule) ?? [])
    if (tags.length < hops.length) return undefined
    const balancerTag = toTag(list)
    balancers.set(balancerTag, { tag: balancerTag, selector: tags, strategy: { type: 'random' } })
    remarks.note(
      `The list "${list.name}" chooses at random in V2Ray, and does not leave out hops that are down`,
    )
    return { balancerTag }
  }

  return {
    targetOf: (rule) => {
      const { route } = rule
      switch (route.kind) {
        case 'direct':
          return { outboundTag: 'direct' }
        case 'block':
          return { outboundTag: 'block' }
        case 'hop': {
          const hop = config.hops.find(({ id }) => id === route.hopId)
          const tag = hop && ofHop(hop, rule)
          return tag === undefined ? undefined : { outboundTag: tag }
        }
        case 'list': {
          const list = config.lists.find(({ id }) => id === route.listId)
          return list && ofList(list, rule)
        }
        default:
          remarks.skip(`Port rule "${rule.name}": its route is not exported`)
          return undefined
      }
    },
    // The first one takes what no routing rule matches: nothing of ours may get out that way.
    list: () => [
      { tag: 'block', protocol: 'blackhole' },
      { tag: 'direct', protocol: 'freedom' },
      ...used.values(),
    ],
    balancers: () => [...balancers.values()],
  }
}

function refusal(hop: NextHop): string | undefined {
  if (hop.protocol === 'http') return 'speaks HTTP, which is not exported'
  if (hop.tls) return 'wants TLS, which is not exported'
  if (hop.version !== '5') return `speaks SOCKS${hop.version}, and V2Ray SOCKS5`
  return undefined
}

function toOutbound(hop: NextHop, tag: string, withPasswords: boolean, remarks: Remarks): object {
  const hasPassword = hop.password !== undefined || hop.passwordFrom !== undefined
  if (hop.resolveAt === 'here') {
    remarks.note(`V2Ray lets "${hop.name}" resolve names, which here are resolved on this machine`)
  }
  const isPasswordKnown = withPasswords && hop.password !== undefined
  if (hasPassword && !isPasswordKnown) {
    remarks.note(`The password of "${hop.name}" is not in the file: put it in place of CHANGE-ME`)
  }
  const pass = hasPassword ? (isPasswordKnown ? hop.password : 'CHANGE-ME') : ''
  const users = hop.user ? { users: [{ user: hop.user, pass }] } : {}
  return {
    tag,
    protocol: 'socks',
    settings: { servers: [{ address: hop.host, port: hop.port, ...users }] },
  }
}
