import { healthCheckDefaults, type HealthCheckKind } from '../../../shared/model/health-check.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { toMs, toWholeNumber } from '../../state/numbers.ts'

/** The health check of a hop as its form holds it: what was typed, as text. */
export interface HealthCheckDraft {
  checkKind: HealthCheckKind
  checkHost: string
  checkPort: string
  checkSeconds: string
  checkRise: string
  checkFall: string
}

export function toHealthCheckDraft(check: NextHop['healthCheck']): HealthCheckDraft {
  const { kind = 'off', target, intervalMs, rise, fall } = { ...healthCheckDefaults, ...check }
  return {
    checkKind: kind,
    checkHost: target?.host ?? '',
    checkPort: target ? String(target.port) : '443',
    checkSeconds: String(intervalMs / 1000),
    checkRise: String(rise),
    checkFall: String(fall),
  }
}

/** What the schema takes; a check that is off says nothing else. */
export function toHealthCheckInput(draft: HealthCheckDraft): { readonly healthCheck?: object } {
  if (draft.checkKind === 'off') return {}
  const target = { host: draft.checkHost.trim(), port: toWholeNumber(draft.checkPort) }
  return {
    healthCheck: {
      kind: draft.checkKind,
      ...(draft.checkKind === 'target' && { target }),
      intervalMs: toMs(draft.checkSeconds),
      rise: toWholeNumber(draft.checkRise),
      fall: toWholeNumber(draft.checkFall),
    },
  }
}
