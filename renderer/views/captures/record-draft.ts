import { captureDefaults, type CaptureScope } from '../../../shared/captures.ts'
import type { CallInput } from '../../../shared/contract.ts'
import type { Issue } from '../../../shared/model/issues.ts'
import { toWholeNumber } from '../../state/numbers.ts'

/** What the form holds; numbers as text, as they were typed. */
export interface RecordDraft {
  /** "rule:<id>" or "all". */
  of: string
  megabytes: string
  minutes: string
  /** Of each packet; empty: all. */
  payloadBytes: string
  decodeFriendly: boolean
  keepPasswords: boolean
}

/** The bounds of `capture.start`, in the units of the form. */
export const recordBounds = {
  megabytes: { min: 1, max: 10_000 },
  minutes: { min: 1, max: 1440 },
  payloadBytes: { min: 1, max: 65_535 },
} as const
type BoundedField = keyof typeof recordBounds

const bytesPerMegabyte = 1_000_000
const msPerMinute = 60_000

export function emptyRecordDraft(ruleId: string | undefined): RecordDraft {
  return {
    of: ruleId === undefined ? 'all' : `rule:${ruleId}`,
    megabytes: String(captureDefaults.maxBytes / bytesPerMegabyte),
    minutes: String(captureDefaults.maxMs / msPerMinute),
    payloadBytes: '',
    decodeFriendly: captureDefaults.decodeFriendly,
    keepPasswords: captureDefaults.keepPasswords,
  }
}

/** @param between says which numbers a field takes */
export function checkRecordDraft(
  draft: RecordDraft,
  between: (min: number, max: number) => string,
): readonly Issue[] {
  return (Object.keys(recordBounds) as BoundedField[]).flatMap((field): Issue[] => {
    if (field === 'payloadBytes' && draft[field].trim() === '') return []
    const { min, max } = recordBounds[field]
    const value = toWholeNumber(draft[field])
    return value >= min && value <= max ? [] : [{ path: [field], message: between(min, max) }]
  })
}

/** What a valid draft asks for. */
export function toCaptureInput(draft: RecordDraft): CallInput<'capture.start'> {
  const of: CaptureScope =
    draft.of === 'all' ? { kind: 'all' } : { kind: 'rule', ruleId: draft.of.slice('rule:'.length) }
  return {
    of,
    maxBytes: toWholeNumber(draft.megabytes) * bytesPerMegabyte,
    maxMs: toWholeNumber(draft.minutes) * msPerMinute,
    payloadBytes: draft.payloadBytes.trim() === '' ? 0 : toWholeNumber(draft.payloadBytes),
    decodeFriendly: draft.decodeFriendly,
    keepPasswords: draft.keepPasswords,
  }
}
