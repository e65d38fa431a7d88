import type { Failure } from '../../../shared/errors.ts'
import { last, type Answer } from './answer.ts'

// A fatal alert in the clear, as every server may send before it has chosen a version: RFC 8446 section 6.

const accessDenied = 49
const internalError = 80
const unrecognizedName = 112

export const answerTls: Answer = (_heard, { failure }) =>
  last(Buffer.from([0x15, 0x03, 0x03, 0, 2, 2, alertFor(failure)]))

function alertFor({ code }: Failure): number {
  if (code === 'blocked') return accessDenied
  return code === 'name-not-found' ? unrecognizedName : internalError
}
