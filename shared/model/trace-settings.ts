import * as v from 'valibot'
import { integerField, networkSchema } from './fields.ts'

// Which connections have their stages recorded, and which of these traces are saved as files.

export const traceSettingsSchema = v.strictObject({
  /** "chosen": those of rules that say so, and of the clients below. Of others, only the outcome is known. */
  of: v.optional(v.picklist(['all', 'chosen', 'none'], 'Traces must be of "all", "chosen" or "none"'), 'all'),
  clients: v.optional(
    v.pipe(
      v.array(networkSchema, 'Clients must be a list of networks'),
      v.maxLength(1000, 'Clients has too many entries: at most 1000'),
    ),
    [],
  ),
  /** As JSON lines in the folder "traces" beside the config. */
  save: v.optional(
    v.picklist(['off', 'failed', 'all'], 'Save traces must be "off", "failed" or "all"'),
    'off',
  ),
  /** All files together; the oldest ones make room. */
  mostMegabytes: v.optional(integerField('Size of saved traces', 1, 100_000, 'MB'), 100),
  mostDays: v.optional(integerField('Age of saved traces', 1, 3650, 'days'), 7),
})
export type TraceSettings = v.InferOutput<typeof traceSettingsSchema>
