import type { BlockList } from 'node:net'
import { NexthopError, type Bar } from '../../shared/errors.ts'
import { formatRange, namedDestinations } from '../../shared/model/destination-range.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'
import { isListed, toBlockList } from './networks.ts'

export type Admission = 'admitted' | 'not-allowed' | 'too-many' | 'loop'

/** Decides who may connect through a rule. */
export class Admittance {
  readonly #maxConnections: number
  readonly #allowed: BlockList | undefined

  constructor({ maxConnections, allowedClients }: PortRule) {
    this.#maxConnections = maxConnections
    this.#allowed = allowedClients.length > 0 ? toBlockList(allowedClients) : undefined
  }

  /** @param address the client's address in plain form; undefined on unix sockets, which the file system guards */
  admit(address: string | undefined, openConnections: number): Admission {
    if (this.#allowed && address !== undefined && !isListed(this.#allowed, address)) return 'not-allowed'
    if (this.#maxConnections > 0 && openConnections >= this.#maxConnections) return 'too-many'
    return 'admitted'
  }
}

/** Why a client is turned away. */
export function refuseClient(
  admission: Exclude<Admission, 'admitted'>,
  rule: PortRule,
  client: string,
): NexthopError {
  if (admission === 'loop') {
    const [named] = namedDestinations(rule.destination)
    return new NexthopError({ code: 'loop', stage: 'accept', ...(named && { target: formatRange(named) }) })
  }
  const bar: Bar =
    admission === 'not-allowed'
      ? { kind: 'client', client, rule: rule.name }
      : { kind: 'limit', rule: rule.name, limit: rule.maxConnections }
  return new NexthopError({ code: 'blocked', stage: 'accept', bar })
}
