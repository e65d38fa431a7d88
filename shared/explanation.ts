import type { DetectedProtocol } from './model/client-protocol.ts'
import type { Matcher } from './model/condition.ts'
import type { LocalTime } from './model/condition-time.ts'
import type { ListMode, StickyBy } from './model/next-hop-list.ts'
import type { Route } from './model/route.ts'

// What would become of a connection: which condition decides, which hops it would try in which order, and why not the
// others. The same decisions as the engine's, without a connection.

/** A connection that is imagined. What is left out is not known, unless the rule says it. */
export interface ImaginedConnection {
  readonly client?: string
  readonly target?: { readonly host: string; readonly port: number }
  readonly protocol?: DetectedProtocol
  readonly time: LocalTime
}

export type ConditionOutcome =
  | { readonly kind: 'holds' }
  | { readonly kind: 'no'; readonly matcher: Matcher }
  /** It depends on something that was not told. */
  | { readonly kind: 'open'; readonly matcher: Matcher }
  | { readonly kind: 'off' }
  /** One before it decided. */
  | { readonly kind: 'not-asked' }

export interface ExplainedCondition {
  readonly id: string
  /** One of all rules, or of this rule alone. */
  readonly of: 'all' | 'rule'
  /** In its list, from 1. */
  readonly number: number
  readonly name?: string
  readonly outcome: ConditionOutcome
}

/** Why a hop would not be tried. */
export type ExplainedObstacle =
  | { readonly kind: 'maintenance' }
  | { readonly kind: 'full'; readonly limit: number }
  | { readonly kind: 'no-password' }
  | {
      readonly kind: 'down'
      readonly forMs: number
      readonly onPurpose: boolean
      /** It is left alone until its health check succeeds, however long that takes. */
      readonly untilChecked?: true
    }

export interface ExplainedHop {
  readonly id: string
  readonly name: string
  /** host:port */
  readonly address: string
  /** `SOCKS5`, `HTTP` */
  readonly kind: string
  readonly isBackup: boolean
  /** Present for those that are skipped. */
  readonly obstacle?: ExplainedObstacle
}

export interface ExplainedRoute {
  readonly kind: Route['kind']
  readonly list?: { readonly name: string; readonly mode: ListMode; readonly stickyBy: StickyBy }
  /** In the order in which they are tried; of a chain, all, each through the one before. */
  readonly hops: readonly ExplainedHop[]
  readonly skipped: readonly ExplainedHop[]
}

/** Why a connection would not even come to its route. */
export type Refusal = 'rule-off' | 'forwarding-off' | 'client' | 'destination'

export interface RouteExplanation {
  readonly ruleId: string
  readonly ruleName: string
  /** With what the rule says itself. */
  readonly connection: ImaginedConnection
  readonly refusal?: Refusal
  /** In the order in which they are asked. */
  readonly conditions: readonly ExplainedCondition[]
  /** The condition whose route it is; absent where it is the rule's own. */
  readonly decidedBy?: Pick<ExplainedCondition, 'id' | 'of' | 'number' | 'name'>
  /** False where one that came before depends on something that was not told. */
  readonly isCertain: boolean
  readonly route: ExplainedRoute
  /** Where no hop can be used, the destination is connected to without one. */
  readonly lastResortDirect: boolean
  /** False where only the config was looked at: whether hops are down or full is not known then. */
  readonly isHealthKnown: boolean
}
