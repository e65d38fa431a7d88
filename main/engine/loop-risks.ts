import { formatRange, namedDestinations, portCount } from '../../shared/model/destination-range.ts'
import { isKnownAhead } from '../../shared/model/destination.ts'
import { hopFinder } from '../../shared/model/hop-finder.ts'
import type { NextHop } from '../../shared/model/next-hop.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'
import { waysOf } from '../../shared/model/ways.ts'
import type { EngineConfig } from './api.ts'
import type { IsOwnListener } from './dial/dial-hop.ts'
import type { LogLine } from './log-words.ts'
import { ownAddresses, type OwnAddress } from './own-addresses.ts'
import { isOwnDestination, isThisMachine } from './own-destination.ts'
import { portUse } from './sharing.ts'

/**
 * Rules whose destination is one of our own listeners, while the hop that is asked for it runs on this machine. With
 * `ssh -D` that is all right, since its other end connects; with other proxies each connection makes the next one.
 */
export class LoopRisks {
  readonly #isOwnListener: IsOwnListener
  readonly #addresses: typeof ownAddresses
  /** This machine's, as they were when the config was taken on, or known last. */
  #known: readonly OwnAddress[] | undefined
  /** By rule id: a hop on this machine that is asked for the rule's destination. */
  #hops: ReadonlyMap<string, NextHop> = new Map()
  #warned: ReadonlySet<string> = new Set()

  constructor(isOwnListener: IsOwnListener, addresses = ownAddresses) {
    this.#isOwnListener = isOwnListener
    this.#addresses = addresses
  }

  /** Takes on a config whose rules listen. Returns warnings, once for each rule while it stays so. */
  apply(config: EngineConfig): (LogLine & { readonly ruleId: string })[] {
    this.#known = this.#addresses() ?? this.#known
    this.#hops = localHops(config, this.#known)
    const risky = config.rules.filter((rule) => this.has(rule))
    const warned = this.#warned
    this.#warned = new Set(risky.map(({ id }) => id))
    if (portUse(config.sharing) === 'further') return []
    return risky.flatMap((rule) => (warned.has(rule.id) ? [] : this.#warn(rule)))
  }

  has({ id, destination }: PortRule): boolean {
    if (!this.#hops.has(id) || !isKnownAhead(destination)) return false
    const { host, port } = destination
    return Array.from({ length: portCount(destination) }, (_, offset) => port + offset).some((each) =>
      isOwnDestination({ host, port: each }, this.#isOwnListener, () => this.#known),
    )
  }

  #warn({ id, name, destination }: PortRule): (LogLine & { readonly ruleId: string })[] {
    const hop = this.#hops.get(id)
    const [named] = namedDestinations(destination)
    if (!hop || !named) return []
    const message =
      `${name}: its destination ${formatRange(named)} is a listener of Nexthop itself, and the next ` +
      `hop "${hop.name}" runs on this machine. Unless that proxy connects from another machine, as ssh -D does, every ` +
      'connection leads back here: choose another destination.'
    return [{ level: 'warn', message, ruleId: id }]
  }
}

function localHops(config: EngineConfig, addresses: readonly OwnAddress[] | undefined): Map<string, NextHop> {
  const hopsOf = hopFinder(config)
  return new Map(
    config.rules.flatMap((rule, index) => {
      if (!rule.enabled) return []
      // In a chain, only the last one is asked for the destination.
      const asked = waysOf(config, rule, index).flatMap(({ route }) =>
        route.kind === 'chain' ? hopsOf(route).slice(-1) : hopsOf(route),
      )
      const local = asked.find(({ host }) => isThisMachine(host, addresses))
      return local ? [[rule.id, local] as const] : []
    }),
  )
}
