import { formatListenRange } from '../../shared/model/destination-range.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'
import type { LogLevel } from '../../shared/model/settings.ts'
import type { RuleStatus } from '../../shared/runtime.ts'
import { explainInFull } from '../../shared/texts/explain.ts'
import { describeRouteOut } from '../../shared/texts/route-out.ts'
import type { EngineConfig } from './api.ts'
import type { Connection } from './connection.ts'
import { portUse } from './sharing.ts'

const levels: readonly LogLevel[] = ['error', 'warn', 'info', 'debug']

/** True where a message of a level is wanted in the log. */
export function isLogged(level: LogLevel, wanted: LogLevel): boolean {
  return levels.indexOf(level) <= levels.indexOf(wanted)
}

/** How a connection ended that did not fail. */
export function describeEnd({ id, rule, client, bytesUp, bytesDown, closeReason }: Connection): string {
  const how = closeReason ? `${closeReason.how} by ${closeReason.by}` : 'closed'
  return `${rule.name}, connection ${id} from ${client}: ${how}, ${bytesUp} bytes up, ${bytesDown} bytes down.`
}

export interface LogLine {
  readonly level: LogLevel
  readonly message: string
}

/** What a rule's new status is worth in the log. */
export function describeStatus(
  status: RuleStatus,
  { name, destination }: PortRule,
  isRemoved: boolean,
): LogLine | undefined {
  switch (status.state) {
    case 'listening':
      return {
        level: 'info',
        message: `${name}: listening on ${formatListenRange(status.address, destination)}.`,
      }
    case 'failed':
      return { level: 'error', message: `${name}: ${explainInFull(status.failure)}` }
    case 'unbound':
      return {
        level: 'warn',
        message: `${name}: not listening: ${describeRouteOut(status)}.`,
      }
    case 'off':
      return { level: 'info', message: `${name}: ${isRemoved ? 'removed' : 'off'}.` }
    case 'starting':
      return undefined
  }
}

/** Warnings for rules that go past their hops where none can be used, once for each. */
export function warnOfLastResort(
  before: EngineConfig,
  after: EngineConfig,
): (LogLine & { readonly ruleId: string })[] {
  if (portUse(after.sharing) === 'further') return []
  const warned = new Set(before.rules.filter(goesPast).map(({ id }) => id))
  return after.rules
    .filter((rule) => goesPast(rule) && !warned.has(rule.id))
    .map(({ id, name }) => ({
      level: 'warn',
      message: `${name}: where no next hop can be used, it connects directly, past all of them.`,
      ruleId: id,
    }))
}

function goesPast({ enabled, lastResortDirect, route }: PortRule): boolean {
  return enabled && lastResortDirect && route.kind !== 'direct' && route.kind !== 'block'
}
