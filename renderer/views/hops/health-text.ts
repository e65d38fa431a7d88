import type { HopHealth } from '../../../shared/runtime.ts'
import { explain } from '../../../shared/texts/explain.ts'
import { capitalised, type Tone } from '../../state/selectors.ts'
import type { Texts } from '../../texts/texts.ts'

export function healthTone({ state }: HopHealth): Tone {
  return state === 'up' ? 'good' : state === 'down' ? 'bad' : 'off'
}

export function healthText(t: Texts, health: HopHealth): string {
  if (health.state === 'unknown') return t.hops.healthUnknown
  return health.state === 'up' ? t.hops.healthUp : capitalised(explain(health.failure, t.code).what)
}
