import type { Config } from '../../shared/model/config.ts'
import type { ProblemSources } from '../../shared/problems.ts'
import type { EngineStatus, HopHealth, RuleStatus } from '../../shared/runtime.ts'
import type { Application } from '../app/application.ts'

/** What tray and notifications need to know. */
export interface LiveState {
  readonly config: Config
  readonly rules: ReadonlyMap<string, RuleStatus>
  readonly hops: ReadonlyMap<string, HopHealth>
  readonly engine: EngineStatus['state']
}

/** For the problems that there are. */
export function sourcesOf({ config, rules, hops, engine }: LiveState): ProblemSources {
  return { config, engine, statusOf: (id) => rules.get(id), healthOf: (id) => hops.get(id) }
}

/** What just happened, with what was before. */
export type Change =
  | { readonly kind: 'config' }
  | { readonly kind: 'rule'; readonly ruleId: string; readonly before: RuleStatus | undefined }
  | { readonly kind: 'hop'; readonly hopId: string; readonly before: HopHealth | undefined }
  | { readonly kind: 'engine' }

/**
 * Follows an application from before its start, so that every status passes here. Calls back after each change; the
 * function that is returned ends it.
 */
export function followState(
  application: Pick<Application, 'hub' | 'config'>,
  onChange: (state: LiveState, change: Change) => void,
): () => void {
  const rules = new Map<string, RuleStatus>()
  const hops = new Map<string, HopHealth>()
  let engine: EngineStatus['state'] = 'running'

  function tell(change: Change): void {
    onChange({ config: application.config, rules, hops, engine }, change)
  }

  return application.hub.subscribe([], ({ name, data }) => {
    switch (name) {
      case 'config.changed':
        keepOnly(rules, data.config.rules)
        keepOnly(hops, data.config.hops)
        tell({ kind: 'config' })
        break
      case 'rule.statusChanged': {
        const before = rules.get(data.ruleId)
        rules.set(data.ruleId, data.status)
        tell({ kind: 'rule', ruleId: data.ruleId, before })
        break
      }
      case 'hop.healthChanged': {
        const before = hops.get(data.hopId)
        hops.set(data.hopId, data.health)
        tell({ kind: 'hop', hopId: data.hopId, before })
        break
      }
      case 'engine.statusChanged':
        engine = data.state
        tell({ kind: 'engine' })
        break
      default:
    }
  })
}

function keepOnly(statuses: Map<string, unknown>, parts: readonly { readonly id: string }[]): void {
  const ids = new Set(parts.map(({ id }) => id))
  for (const id of statuses.keys()) if (!ids.has(id)) statuses.delete(id)
}
