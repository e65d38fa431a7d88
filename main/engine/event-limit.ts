import type { EngineEvent } from './api.ts'

/** Nobody can read faster than this. */
const everyMs = 100

/**
 * Passes events on, but of those that only tell how something is now (the last failure of a rule, the health of a hop)
 * the first at once and then the latest per 100 ms: thousands of connections that fail per second must not keep the app
 * busy with telling so.
 */
export function limitEvents(pass: (event: EngineEvent) => void): (event: EngineEvent) => void {
  /** What was told of within this span, with what came since. */
  const recent = new Map<string, EngineEvent | undefined>()
  let timer: NodeJS.Timeout | undefined

  function tell(key: string, event: EngineEvent): void {
    recent.set(key, undefined)
    timer ??= setTimeout(endSpan, everyMs).unref()
    pass(event)
  }

  function endSpan(): void {
    timer = undefined
    const waiting = [...recent]
    recent.clear()
    for (const [key, event] of waiting) if (event) tell(key, event)
  }

  return (event) => {
    const key = keyOf(event)
    if (key === undefined) pass(event)
    else if (recent.has(key)) recent.set(key, event)
    else tell(key, event)
  }
}

function keyOf(event: EngineEvent): string | undefined {
  if (event.kind === 'connection-failed') return `failed ${event.ruleId}`
  if (event.kind === 'hop-health') return `health ${event.hopId}`
  return undefined
}
