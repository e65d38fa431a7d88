import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { HopHealth } from '../../../shared/runtime.ts'

/** What is known of a hop at the moment; kept up to date by the hop states. */
export interface HopStanding {
  readonly health: HopHealth
  /** Connections that use it or are on their way to it. */
  readonly open: number
  /** How long connecting to it takes; undefined until it was measured. */
  readonly latencyMs: number | undefined
  /** When `latencyMs` was last measured, in Unix milliseconds. */
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
