import type { EngineEvent } from '../engine/api.ts'
import type { CaptureBook } from './captures/capture-book.ts'
import type { EventHub } from './event-hub.ts'
import type { HopLog } from './hop-log.ts'
import type { Log } from './log.ts'

/** Passes on what the engine tells: to the clients, or into the log. */
export function forwardEngineEvent(
  event: Exclude<EngineEvent, { kind: 'totals' | 'traces' }>,
  hub: EventHub,
  log: Log,
  captures: Pick<CaptureBook, 'progressed'>,
  hopLog: HopLog,
): void {
  switch (event.kind) {
    case 'rule-status': {
      const { ruleId, status } = event
      hub.publish('rule.statusChanged', { ruleId, status })
      break
    }
    case 'connection-failed': {
      const { ruleId, at, failure } = event
      hub.publish('rule.connectionFailed', { ruleId, at, failure })
      break
    }
    case 'hop-health': {
      const { hopId, health } = event
      hub.publish('hop.healthChanged', { hopId, health })
      hopLog.changed(hopId, health)
      break
    }
    case 'log':
      log.add(event.entry)
      break
    case 'traffic':
      hub.publish('traffic.ticked', event.tick)
      break
    case 'captures':
      captures.progressed(event.captures)
      break
    case 'connections':
      hub.publish('connections.changed', { connections: event.connections })
      break
  }
}
