import type { Candidate, HopStanding, KnownHealth } from '../../main/engine/routing/candidate.ts'
import type { ModeInput } from '../../main/engine/routing/modes/mode.ts'
import { newMemory } from '../../main/engine/routing/pool.ts'
import type { NextHopInput } from '../../shared/model/next-hop.ts'
import { makeConfig, makeHop } from './config.ts'

export interface CandidateFields {
  readonly weight?: number
  readonly standing?: Partial<HopStanding>
  readonly hop?: Partial<NextHopInput>
}

/** A hop as a member of a route; its name is its id in capitals. */
export function makeCandidate(id: string, fields: CandidateFields = {}): Candidate {
  const [hop] = makeConfig({
    hops: [makeHop({ id, name: id.toUpperCase(), port: 1080, ...fields.hop })],
  }).hops
  if (!hop) throw new Error('no hop')
  return { hop, weight: fields.weight ?? 1, isBackup: false, standing: makeStanding(fields.standing) }
}

export function makeStanding(fields: Partial<HopStanding> = {}): HopStanding {
  return {
    health: { state: 'unknown' },
    open: 0,
    latencyMs: undefined,
    measuredAt: 0,
    recoveredAt: undefined,
    ...fields,
  }
}

/** Left alone until then. */
export function downUntil(until: number): KnownHealth {
  return { state: 'down', at: 0, until, failure: { code: 'hop-unreachable', errno: 'ECONNREFUSED' } }
}

export function makeModeInput(fields: Partial<ModeInput> = {}): ModeInput {
  return {
    now: 100_000,
    returnAfterMs: 10_000,
    stickyForMs: 60_000,
    key: '192.0.2.1',
    random: Math.random,
    memory: newMemory(),
    ...fields,
  }
}

/** The ids of candidates, one letter each. */
export function idsOf(candidates: readonly Candidate[]): string {
  return candidates.map(({ hop }) => hop.id).join('')
}
