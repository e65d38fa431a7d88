import type { Config } from '../../shared/model/config.ts'
import { NexthopError } from '../../shared/errors.ts'
import {
  noTotals,
  type AppInfo,
  type AppSnapshot,
  type EngineStatus,
  type RuleStatus,
  type RuntimeSnapshot,
} from '../../shared/runtime.ts'
import type { Engine } from '../engine/api.ts'
import { configView } from './views.ts'

export interface StateSources {
  readonly info: AppInfo
  readonly hub: { readonly seq: number }
  readonly engine: Pick<Engine, 'snapshot'>
  readonly config: () => Config
  readonly engineStatus: () => EngineStatus
}

/** Everything that is wanted and everything that is, for `state.get`. */
export function createSnapshot(sources: StateSources): () => Promise<AppSnapshot> {
  const { info, hub, engine, config, engineStatus } = sources
  const startedAt = Date.now()
  return async () => {
    // First the number, then the state: an event between the two is applied twice, which does no harm. The other way
    // round it would be lost.
    const { seq } = hub
    const runtime = await engine.snapshot().catch((error: unknown) => {
      if (error instanceof NexthopError) return runtimeWithoutEngine(config(), startedAt)
      throw error
    })
    return { seq, at: Date.now(), info, config: configView(config()), runtime, engine: engineStatus() }
  }
}

/** What a rule is while the engine is on its way. */
export function waitingStatus(enabled: boolean, forwarding: boolean): RuleStatus {
  return enabled && forwarding ? { state: 'starting' } : { state: 'off' }
}

/** What is, as far as it can be told while there is no engine to ask. */
export function runtimeWithoutEngine({ rules, hops, settings }: Config, startedAt: number): RuntimeSnapshot {
  return {
    startedAt,
    rules: rules.map(({ id, enabled }) => ({
      ruleId: id,
      status: waitingStatus(enabled, settings.forwarding),
      totals: noTotals,
    })),
    hops: hops.map(({ id }) => ({ hopId: id, health: { state: 'unknown' } })),
    totals: noTotals,
  }
}
