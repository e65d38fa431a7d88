import { formatBytes, formatDuration, formatRate } from '../../shared/format.ts'
import type { Trace } from './trace.ts'

/** Notes how long one side took to say something. */
export function noteFirstByte(trace: Trace, from: string): void {
  const ms = trace.sinceBegin()
  trace.note(() => `first byte from the ${from} after ${formatDuration(ms)}`)
}

/** Notes how much was passed on, and at what rate. */
export function noteRelayed(trace: Trace, bytesUp: number, bytesDown: number): void {
  const seconds = trace.sinceBegin() / 1000
  trace.note(() => {
    const total = bytesUp + bytesDown
    const rate = total > 0 && seconds > 0 ? `, ${formatRate(total / seconds)}` : ''
    return `${formatBytes(bytesUp)} up, ${formatBytes(bytesDown)} down${rate}`
  })
}
