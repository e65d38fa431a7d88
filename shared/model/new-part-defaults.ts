import * as v from 'valibot'
import { saying } from '../told.ts'
import { hopFields } from './next-hop.ts'
import { ruleLimits } from './port-rule.ts'

// What the forms of new next hops and rules start with, for those who want other defaults than ours.

const { connectTimeoutMs, handshakeTimeoutMs, retries, failureWaitMs } = hopFields

export const newHopSchema = v.strictObject(
  { connectTimeoutMs, handshakeTimeoutMs, retries, failureWaitMs },
  saying('{label} must be an object', { label: 'New hop' }),
)
export type NewHopDefaults = v.InferOutput<typeof newHopSchema>

export const newRuleSchema = v.strictObject(
  ruleLimits,
  saying('{label} must be an object', { label: 'New rule' }),
)
export type NewRuleDefaults = v.InferOutput<typeof newRuleSchema>
