import { lacksPassword } from '../../../shared/errors.ts'
import type { NextHopList } from '../../../shared/model/next-hop-list.ts'
import type { AppSnapshot, HopRuntime, HopView } from '../../../shared/runtime.ts'
import type { Tone } from '../../state/selectors.ts'
import { waitChangesAt } from '../../state/times.ts'

// What each next hop of a list does at the moment, as the engine decides it.

export type MemberState =
  | { readonly kind: 'used'; readonly open: number }
  /** Nothing is open, and the next connection goes there. */
  | { readonly kind: 'next' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'backup' }
  | { readonly kind: 'maintenance' }
  | { readonly kind: 'full'; readonly limit: number }
  | { readonly kind: 'noPassword' }
  /** Until its health check succeeds. */
  | { readonly kind: 'untilChecked' }
  | { readonly kind: 'down'; readonly waitMs: number; readonly onPurpose: boolean }
  /** Was down, and may be tried again. */
  | { readonly kind: 'due' }

export interface Member {
  readonly hop: HopView
  readonly state: MemberState
}

/** In the order of the list, the backups last. `now` in Unix milliseconds. */
export function membersOf(
  list: NextHopList,
  { config, runtime }: Pick<AppSnapshot, 'config' | 'runtime'>,
  now: number,
): readonly Member[] {
  const known = list.hopIds.flatMap((id) => {
    const hop = config.hops.find((other) => other.id === id)
    return hop ? [{ hop, runtime: runtime.hops.find(({ hopId }) => hopId === id) }] : []
  })
  const isBackup = ({ hop }: (typeof known)[number]) => list.backupHopIds.includes(hop.id)
  const inOrder = [...known.filter((member) => !isBackup(member)), ...known.filter(isBackup)]
  const usable = inOrder.filter((member) => obstacleOf(member.hop, member.runtime, now) === undefined)
  const mains = usable.filter((member) => !isBackup(member))
  const tried = mains.length > 0 ? mains : usable
  const next = list.mode === 'failover' ? firstOf(list, tried, now) : undefined
  return inOrder.map((member) => {
    const { hop, runtime: hopRuntime } = member
    const open = hopRuntime?.open ?? 0
    const state: MemberState =
      obstacleOf(hop, hopRuntime, now) ??
      (open > 0
        ? { kind: 'used', open }
        : member === next
          ? { kind: 'next' }
          : hopRuntime?.health.state === 'down'
            ? { kind: 'due' }
            : { kind: isBackup(member) && mains.length > 0 ? 'backup' : 'ready' })
    return { hop, state }
  })
}

/** When time alone makes them do something else, or their words say so. */
export function membersChangeAt(
  { hopIds, returnAfterMs }: NextHopList,
  { runtime }: Pick<AppSnapshot, 'runtime'>,
  now: number,
): number {
  const changes = runtime.hops
    .filter(({ hopId }) => hopIds.includes(hopId))
    .flatMap(({ health, recoveredAt }) => [
      health.state === 'down' && !health.untilChecked ? waitChangesAt(health.retryAt, now) : Infinity,
      recoveredAt === undefined ? Infinity : recoveredAt + returnAfterMs,
    ])
  return Math.min(Infinity, ...changes.filter((at) => at > now))
}

/** Why a hop is not used at the moment; undefined where it may be. */
function obstacleOf(hop: HopView, runtime: HopRuntime | undefined, now: number): MemberState | undefined {
  if (hop.maintenance) return { kind: 'maintenance' }
  const health = runtime?.health
  if (health?.state === 'down' && lacksPassword(health.failure)) return { kind: 'noPassword' }
  if (health?.state === 'down' && health.untilChecked) return { kind: 'untilChecked' }
  if (health?.state === 'down' && health.retryAt > now) {
    return { kind: 'down', waitMs: health.retryAt - now, onPurpose: health.failure.onPurpose === true }
  }
  const isFull = hop.maxConnections > 0 && (runtime?.open ?? 0) >= hop.maxConnections
  return isFull ? { kind: 'full', limit: hop.maxConnections } : undefined
}

/** Failover: the first, but for those that came back too short a while ago. */
function firstOf<T extends { readonly runtime: HopRuntime | undefined }>(
  { returnAfterMs }: NextHopList,
  members: readonly T[],
  now: number,
): T | undefined {
  const isReturning = ({ runtime }: T) =>
    runtime?.health.state === 'up' &&
    runtime.recoveredAt !== undefined &&
    now - runtime.recoveredAt < returnAfterMs
  return members.find((member) => !isReturning(member)) ?? members[0]
}

const tones: Readonly<Record<MemberState['kind'], Tone>> = {
  used: 'good',
  next: 'good',
  ready: 'off',
  backup: 'off',
  maintenance: 'off',
  full: 'busy',
  down: 'bad',
  noPassword: 'bad',
  untilChecked: 'bad',
  due: 'off',
}

export function memberTone({ kind }: MemberState): Tone {
  return tones[kind]
}
