import type { Failure } from '../../shared/errors.ts'
import type { OnFailure, PortRule } from '../../shared/model/port-rule.ts'
import type { CloseReason } from '../../shared/runtime.ts'
import { ClientEnded } from './identify/identify-failures.ts'
import type { Router } from './routing/router.ts'

/** The client went away before its connection was made; nothing failed on our side. */
export class ClientGone extends Error {}

/** How the client ended it, where an error says no more than that. */
export function endByClient(error: unknown): CloseReason | undefined {
  if (error instanceof ClientGone) return { by: 'client', how: 'reset' }
  return error instanceof ClientEnded ? { by: 'client', how: 'end' } : undefined
}

/** Not among the allowed clients, or not the load balancer that the rule expects. */
function isStranger({ stage, unidentified }: Failure): boolean {
  return stage === 'accept' || unidentified === 'no-header'
}

/**
 * What a client sees whose connection failed; a rule may want another end while its whole route is down. Whoever may not
 * connect learns nothing and costs nothing.
 */
export function onFailureOf(failure: Failure, rule: PortRule, router: Pick<Router, 'downRoute'>): OnFailure {
  if (isStranger(failure)) return 'reset'
  const { onAllDown, onFailure } = rule
  const isEnd = onAllDown === 'close' || onAllDown === 'reset'
  return isEnd && router.downRoute(rule) !== undefined ? onAllDown : onFailure
}
