import type { Failure } from './errors.ts'

export interface PortRange {
  readonly from: number
  readonly to: number
}

/** What the port doctor found. */
export interface PortReport {
  readonly host: string
  readonly port: number
  readonly state: 'free' | 'busy' | 'forbidden' | 'unavailable'
  /** Why nobody can listen there now, with who holds it where that can be told; absent where it is free. */
  readonly failure?: Failure
  /** Since when the holder runs, in Unix milliseconds. */
  readonly since?: number
  /** The rule of this Nexthop that asks for the port. */
  readonly ruleId?: string
  /** The range that Windows keeps for itself and that holds the port. */
  readonly reserved?: PortRange
  /** A free port near it, where it is not free itself. */
  readonly nextFree?: number
}
