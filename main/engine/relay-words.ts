import { formatBytes, formatDuration, formatRate } from '../../shared/format.ts'
import { now, type Trace } from './trace.ts'

/** Notes how long one side took to say something. */
export function noteFirstByte(trace: Trace, from: string): void {
  if (trace.isKept) trace.note(`first byte from the ${from} after ${formatDuration(sinceStage(trace))}`)
}

/** Notes how much was passed on, and at what rate. */
export function noteRelayed(trace: Trace, bytesUp: number, bytesDown: number): void {
  if (!trace.isKept) return
  const seconds = sinceStage(trace) / 1000
  const total = bytesUp + bytesDown
  const rate = total > 0 && seconds > 0 ? `, ${formatRate(total / seconds)}` : ''
  trace.note(`${formatBytes(bytesUp)} up, ${formatBytes(bytesDown)} down${rate}`)
}

function sinceStage(trace: Trace): number {
  const present = trace.stages.at(-1)
  return present ? now() - present.startedAt : 0
}
