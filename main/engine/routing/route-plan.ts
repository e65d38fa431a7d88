import type { Failure } from '../../../shared/errors.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { Noted } from '../../../shared/stage-note.ts'
import type { Skipped } from './skipped-failures.ts'

/** Hops in the order in which they are tried. Where there is none, `failure` says why. */
export interface HopsPlan {
  readonly kind: 'hops'
  readonly hops: readonly NextHop[]
  /** Which they are, and which are left out. */
  readonly notes: readonly Noted[]
  readonly failure?: Failure
  /** Hops that are not tried now, which a failure tells of too. */
  readonly skipped?: readonly Skipped[]
  /** Told which hop led to the destination. */
  readonly onUsed?: (hop: NextHop) => void
}

/** What a connection shall try, and why. */
export type RoutePlan =
  | { readonly kind: 'direct' }
  | { readonly kind: 'block' }
  /** All of `hops`, each reached through the one before. */
  | { readonly kind: 'chain'; readonly hops: readonly NextHop[]; readonly notes: readonly Noted[] }
  | HopsPlan
