import * as v from 'valibot'
import { saying } from '../told.ts'
import { choiceField, integerField, networkSchema } from './fields.ts'

// Which connections have their stages recorded, and which of these traces are saved as files.

export const traceSettingsSchema = v.strictObject({
  /** "chosen": those of rules that say so, and of the clients below. Of others, only the outcome is known. */
  of: v.optional(
    v.picklist(
      ['all', 'chosen', 'none'],
      saying('Traces must be of {choices}', { choices: ['all', 'chosen', 'none'] }),
    ),
    'all',
  ),
  clients: v.optional(
    v.pipe(
      v.array(networkSchema, saying('{label} must be a list of networks', { label: 'Clients' })),
      v.maxLength(
        1000,
        saying('{label} has too many entries: at most {most}', { label: 'Clients', most: 1000 }),
      ),
    ),
    [],
  ),
  /** As JSON lines in the folder "traces" beside the config. */
  save: v.optional(choiceField('Save traces', ['off', 'failed', 'all']), 'off'),
  /** All files together; the oldest ones make room. */
  mostMegabytes: v.optional(integerField('Size of saved traces', 1, 100_000, 'MB'), 100),
  mostDays: v.optional(integerField('Age of saved traces', 1, 3650, 'days'), 7),
})
export type TraceSettings = v.InferOutput<typeof traceSettingsSchema>
