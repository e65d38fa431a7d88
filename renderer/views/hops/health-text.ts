import type { HopHealth } from '../../../shared/runtime.ts'
import { explain } from '../../../shared/texts/explain.ts'
import { capitalised, type Tone } from '../../state/selectors.ts'
import type { Texts } from '../../texts/texts.ts'

export function healthTone({ state }: HopHealth): Tone {
  return state === 'up' ? 'good' : state === 'down' ? 'bad' : 'off'
}

/** In a few words. */
export function healthText(t: Texts, health: HopHealth): string {
  if (health.state === 'unknown') return t.hops.healthUnknown
  return health.state === 'up' ? t.hops.healthUp : t.failures[health.failure.code]
}

/** The whole sentence, where there is more to say than a few words. */
export function healthSentence(t: Texts, health: HopHealth): string {
  return health.state === 'down' ? capitalised(explain(health.failure, t.code).what) : healthText(t, health)
}
