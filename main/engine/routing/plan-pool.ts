import type { Noted } from '../../../shared/stage-note.ts'
import type { Candidate } from './candidate.ts'
import type { ModeInput } from './modes/mode.ts'
import { returnsInMs } from './modes/failover.ts'
import { modes } from './modes/modes.ts'
import { obstacleOf, toPlain } from './obstacle.ts'
import { noteOrder, stickyKey, type Pool, type RouteRequest } from './pool.ts'
import type { HopsPlan } from './route-plan.ts'
import { allSkippedFailure, type Skipped } from './skipped-failures.ts'

/** Which hops a connection may use, in the order in which it tries them, and which not. */
export interface Choice {
  readonly order: readonly Candidate[]
  readonly skipped: readonly (Skipped & { readonly candidate: Candidate })[]
}

export interface PlanInput {
  readonly request: RouteRequest
  /** As performance.now() has it. */
  readonly now: number
  readonly random: () => number
}

const none: Choice['skipped'] = []

/** Decides which hops of a pool a connection tries, in which order. */
export function planPool(pool: Pool, input: PlanInput): HopsPlan {
  const { order, skipped } = choose(pool, input)
  // The same array: nothing was skipped, and nothing put into another order.
  if (order === pool.candidates && pool.list?.mode !== 'sticky') return pool.plain
  const hops = order.map(({ hop }) => hop)
  const notes = noteChoice(pool, { order, skipped }, input.now)
  if (hops.length === 0) return { kind: 'hops', hops, notes, failure: allSkippedFailure(skipped, input.now) }
  return { kind: 'hops', hops, notes, ...(skipped !== none && { skipped }), ...onUsed(pool, input) }
}

/** Takes a turn of a round robin; `pool.memory` is what a dry run gives a copy of. */
export function choose(pool: Pool, input: PlanInput): Choice {
  const { candidates } = pool
  const skipped = skippedOf(candidates, input.now)
  const usable = skipped === none ? candidates : candidates.filter((candidate) => !has(skipped, candidate))
  return { order: inOrder(pool, usable, input), skipped }
}

function skippedOf(candidates: readonly Candidate[], now: number): Choice['skipped'] {
  let skipped: Choice['skipped'][number][] | undefined
  for (const candidate of candidates) {
    const obstacle = obstacleOf(candidate, now)
    if (obstacle) (skipped ??= []).push({ candidate, obstacle })
  }
  return skipped ?? none
}

function has(skipped: readonly Skipped[], candidate: Candidate): boolean {
  return skipped.some((entry) => entry.candidate === candidate)
}

function inOrder(pool: Pool, usable: readonly Candidate[], input: PlanInput): readonly Candidate[] {
  if (usable.length < 2 || pool.list === undefined) return usable
  const mode = modes[pool.list.mode]
  const modeInput = toModeInput(pool, pool.list, input)
  // The backups stand last, so the first one tells whether there are any.
  const firstBackup = usable.findIndex(({ isBackup }) => isBackup)
  if (firstBackup <= 0) return mode(usable, modeInput)
  return [...mode(usable.slice(0, firstBackup), modeInput), ...mode(usable.slice(firstBackup), modeInput)]
}

function toModeInput(
  { memory }: Pool,
  list: NonNullable<Pool['list']>,
  { request, now, random }: PlanInput,
): ModeInput {
  const { returnAfterMs, stickyForMs } = list
  const key = list.mode === 'sticky' ? stickyKey(list, request) : ''
  return { now, returnAfterMs, stickyForMs, key, random, memory }
}

function onUsed({ list, memory }: Pool, { request, now }: PlanInput): Pick<HopsPlan, 'onUsed'> {
  if (list?.mode !== 'sticky') return {}
  return {
    onUsed: (hop) => {
      memory.sticky.set(stickyKey(list, request), hop.id, now)
    },
  }
}

function noteChoice(pool: Pool, { order, skipped }: Choice, now: number): Noted[] {
  const { list } = pool
  const hops = order.map(({ hop }) => hop)
  const chosen = list ? [noteOrder(list, hops)] : hops.map(({ name }) => name)
  const left = skipped.map(
    ({ candidate, obstacle }) =>
      ({ code: 'not-used', hop: candidate.hop.name, obstacle: toPlain(obstacle, now) }) as const,
  )
  return [...chosen, ...noteReturning(pool, order, now), ...left]
}

/** Why a hop comes behind others that stand after it in the list. */
function noteReturning({ list, candidates }: Pool, order: Choice['order'], now: number): Noted[] {
  if (list?.mode !== 'failover') return []
  const usable = candidates.filter((candidate) => order.includes(candidate))
  return order.flatMap((candidate, place) => {
    const forMs = returnsInMs(candidate.standing, now, list.returnAfterMs)
    const isBehind = place > usable.indexOf(candidate)
    return forMs > 0 && isBehind ? [{ code: 'returning', hop: candidate.hop.name, forMs } as const] : []
  })
}
