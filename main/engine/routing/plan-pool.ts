import type { Failure } from '../../../shared/errors.ts'
import type { Candidate } from './candidate.ts'
import type { ModeInput } from './modes/mode.ts'
import { modes } from './modes/modes.ts'
import { describeObstacle, obstacleOf, type Obstacle } from './obstacle.ts'
import { describeOrder, stickyKey, type Pool, type RouteRequest } from './pool.ts'
import type { HopsPlan } from './route-plan.ts'

type HopDown = Extract<Obstacle, { readonly kind: 'down' }>['health']

export interface Skipped {
  readonly candidate: Candidate
  readonly obstacle: Obstacle
}

/** Which hops a connection may use, in the order in which it tries them, and which not. */
export interface Choice {
  readonly order: readonly Candidate[]
  readonly skipped: readonly Skipped[]
}

export interface PlanInput {
  readonly request: RouteRequest
  /** Unix milliseconds. */
  readonly now: number
  readonly random: () => number
}

const none: readonly Skipped[] = []

/** Decides which hops of a pool a connection tries, in which order. */
export function planPool(pool: Pool, input: PlanInput): HopsPlan {
  const { order, skipped } = choose(pool, input)
  // The same array: nothing was skipped, and nothing put into another order.
  if (order === pool.candidates && pool.list?.mode !== 'sticky') return pool.plain
  const hops = order.map(({ hop }) => hop)
  const note = describeChoice(pool, { order, skipped }, input.now)
  if (hops.length === 0) return { kind: 'hops', hops, note, failure: allSkipped(skipped, input.now) }
  return { kind: 'hops', hops, note, ...onUsed(pool, input) }
}

/** Takes a turn of a round robin; `pool.memory` is what a dry run gives a copy of. */
export function choose(pool: Pool, input: PlanInput): Choice {
  const { candidates } = pool
  const skipped = skippedOf(candidates, input.now)
  const usable = skipped === none ? candidates : candidates.filter((candidate) => !has(skipped, candidate))
  return { order: inOrder(pool, usable, input), skipped }
}

function skippedOf(candidates: readonly Candidate[], now: number): readonly Skipped[] {
  let skipped: Skipped[] | undefined
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

function describeChoice({ list }: Pool, { order, skipped }: Choice, now: number): string {
  const hops = order.map(({ hop }) => hop)
  const chosen = list ? [describeOrder(list, hops)] : hops.map(({ name }) => name)
  const left = skipped.map(
    ({ candidate, obstacle }) => `${candidate.hop.name} ${describeObstacle(obstacle, now)}`,
  )
  return [...chosen, ...left].join('; ')
}

function leftAlone({ failure, retryAt, untilChecked }: HopDown, now: number): Failure {
  return { ...failure, waitMs: Math.max(0, retryAt - now), ...(untilChecked && { untilChecked }) }
}

/** Of all hops that failed, the failure of the one that may be tried again first. */
function allSkipped(skipped: readonly Skipped[], now: number): Failure {
  const [first, ...others] = skipped
    .flatMap(({ obstacle }) => (obstacle.kind === 'down' ? [obstacle.health] : []))
    .sort((a, b) => a.retryAt - b.retryAt)
  if (first) {
    const earlier = others.map((other) => leftAlone(other, now))
    return { ...leftAlone(first, now), ...(earlier.length > 0 && { earlier }) }
  }
  const reasons = skipped.map(({ candidate: { hop }, obstacle }) => {
    return `the next hop "${hop.name}" ${obstacle.kind === 'full' ? '' : 'is '}${describeObstacle(obstacle, now)}`
  })
  if (reasons.length === 0) return { code: 'internal', stage: 'route', message: 'the route has no next hop' }
  return { code: 'blocked', stage: 'route', message: reasons.slice(0, 3).join(', ') }
}
