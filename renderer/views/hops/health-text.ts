import { lacksPassword } from '../../../shared/errors.ts'
import { formatDuration } from '../../../shared/format.ts'
import type { HopHealth, HopView } from '../../../shared/runtime.ts'
import { explainBy } from '../../../shared/texts/explain-by.ts'
import { capitalised, type Tone } from '../../state/selectors.ts'
import { ago, agoChangesAt, waitChangesAt } from '../../state/times.ts'
import { laterTexts } from '../../texts/later.ts'
import type { Texts } from '../../texts/texts.ts'

/** How a hop is, in words. */
export interface HealthWords {
  readonly tone: Tone
  /** In a few words. */
  readonly brief: string
  /** The whole sentence, where there is more to say. */
  readonly whole: string
  /** When that was found out, or for how long it is left alone; '' where there is nothing to add. */
  readonly detail: string
}

/** `now` in Unix milliseconds. */
export function healthWords(t: Texts, hop: HopView, health: HopHealth, now: number): HealthWords {
  const texts = laterTexts[t.code].hop
  if (hop.maintenance) {
    return { tone: 'off', brief: texts.stateMaintenance, whole: texts.maintenanceHint, detail: '' }
  }
  if (health.state === 'unknown') {
    return { tone: 'off', brief: t.hops.healthUnknown, whole: t.hops.healthUnknown, detail: '' }
  }
  if (health.state === 'up') {
    const detail = t.hops.lastSeen(ago(t.code, health.at, Math.max(now, health.at)))
    return { tone: 'good', brief: t.hops.healthUp, whole: t.hops.healthUp, detail }
  }
  const isOnPurpose = health.failure.onPurpose === true
  const isWithoutPassword = lacksPassword(health.failure)
  return {
    tone: isOnPurpose ? 'busy' : 'bad',
    brief: isOnPurpose
      ? texts.stateOnPurpose
      : isWithoutPassword
        ? texts.stateNoPassword
        : t.failures[health.failure.code],
    whole: capitalised(explainBy(t.sentences, health.failure).what),
    detail: isWithoutPassword ? '' : waitingText(t, health, now),
  }
}

function waitingText(
  t: Texts,
  { untilChecked, retryAt }: Extract<HopHealth, { readonly state: 'down' }>,
  now: number,
): string {
  const { health, hop } = laterTexts[t.code]
  if (untilChecked) return health.untilChecked
  return retryAt > now ? hop.waits(waitText(retryAt - now)) : hop.due
}

/** When `healthWords` are others. */
export function healthChangesAt(health: HopHealth, now: number): number {
  switch (health.state) {
    case 'unknown':
      return Infinity
    case 'up':
      return agoChangesAt(health.at, now)
    case 'down':
      return waitChangesAt(health.retryAt, now)
  }
}

/** Whole seconds: it counts down once per second. */
export function waitText(ms: number): string {
  return formatDuration(Math.max(1, Math.ceil(ms / 1000)) * 1000)
}

/** Taken out by the user, to see what happens without it. */
export function isFailedOnPurpose(health: HopHealth, now: number): boolean {
  return health.state === 'down' && health.failure.onPurpose === true && health.retryAt > now
}
