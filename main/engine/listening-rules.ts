import { isDeepStrictEqual } from 'node:util'
import { portCount } from '../../shared/model/destination-range.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'
import type { EngineConfig } from './api.ts'

/** True where a rule is on and listens in this thread. */
export function listensHere({ id, enabled }: PortRule, { settings, sharing }: EngineConfig): boolean {
  return enabled && settings.forwarding && sharing?.silentRules.includes(id) !== true
}

/** True where a changed rule can keep its listener. */
export function listensAlike(one: PortRule, other: PortRule): boolean {
  return (
    isDeepStrictEqual(one.listen, other.listen) && portCount(one.destination) === portCount(other.destination)
  )
}
