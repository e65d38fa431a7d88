import { portCount } from '../../shared/model/destination-range.ts'
import { isWildcard } from '../../shared/model/host.ts'
import type { IsOwnListener } from './dial/dial-hop.ts'
import type { Listener } from './listener.ts'

/** Where this engine listens itself, so that no connection is led back into it. Found anew after each change. */
export class OwnHosts {
  readonly #listeners: ReadonlyMap<string, Listener>
  #byPort: ReadonlyMap<number, readonly string[]> | undefined

  constructor(listeners: ReadonlyMap<string, Listener>) {
    this.#listeners = listeners
  }

  /** To be called when a rule begins or ceases to listen. */
  forget(): void {
    this.#byPort = undefined
  }

  readonly isOwn: IsOwnListener = (port, address) => {
    this.#byPort ??= this.#find()
    const hosts = this.#byPort.get(port)
    if (hosts === undefined) return false
    const host = address()
    return host !== undefined && hosts.some((own) => own === host || isWildcard(own))
  }

  #find(): Map<number, string[]> {
    const found = new Map<number, string[]>()
    for (const { status, rule } of this.#listeners.values()) {
      if (status.state !== 'listening' || status.address.kind !== 'tcp') continue
      const { host, port } = status.address
      for (let own = port; own < port + portCount(rule.destination); own += 1) {
        found.set(own, [...(found.get(own) ?? []), host])
      }
    }
    return found
  }
}
