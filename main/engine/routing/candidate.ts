import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { HopHealth } from '../../../shared/runtime.ts'

type DownHealth = Extract<HopHealth, { readonly state: 'down' }>

/** A hop's health as the engine goes by it: when it may be tried again is of performance.now(), `at` is wall time. */
export type KnownHealth =
  Exclude<HopHealth, DownHealth> | (Omit<DownHealth, 'retryAt'> & { readonly until: number })

/** What is known of a hop at the moment; kept up to date by the hop states. Its times are of performance.now(). */
export interface HopStanding {
  readonly health: KnownHealth
  /** Connections that use it or are on their way to it. */
  readonly open: number
  /** How long connecting to it takes; undefined until it was measured. */
  readonly latencyMs: number | undefined
  /** When `latencyMs` was last measured. */
  readonly measuredAt: number
  /** When it came back after it was down; undefined if it never was. */
  readonly recoveredAt: number | undefined
}

/** A hop as a member of a route, with what a choice depends on. */
export interface Candidate {
  readonly hop: NextHop
  readonly weight: number
  readonly isBackup: boolean
  readonly standing: HopStanding
}
