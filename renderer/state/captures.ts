import type { CaptureView } from '../../shared/captures.ts'

// What views read out of the recordings.

export function isRunning({ endedAt }: CaptureView): boolean {
  return endedAt === undefined
}

/** Of a rule alone, under way; not those of everything. */
export function runningOf(captures: readonly CaptureView[], ruleId: string): CaptureView | undefined {
  return captures.find(
    (capture) => isRunning(capture) && capture.of.kind === 'rule' && capture.of.ruleId === ruleId,
  )
}

/** A file that was there when the app started: only its size and times are known. */
export function isFromBefore({ endedAt, endedBy }: CaptureView): boolean {
  return endedAt !== undefined && endedBy === undefined
}
