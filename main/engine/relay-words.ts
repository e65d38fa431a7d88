import type { Trace } from './trace.ts'

/** Notes how long one side took to say something. */
export function noteFirstByte(trace: Trace, from: 'client' | 'target'): void {
  trace.note({ code: 'first-byte', from, ms: trace.sinceBegin() })
}

/** Notes how much was passed on, and in what time. */
export function noteRelayed(trace: Trace, bytesUp: number, bytesDown: number): void {
  trace.note({ code: 'relayed', bytesUp, bytesDown, seconds: trace.sinceBegin() / 1000 })
}
