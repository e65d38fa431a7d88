import * as v from 'valibot'
import { saying } from '../told.ts'
import { idSchema, listField, nameField } from './fields.ts'
import { nextHopListSchema } from './next-hop-list.ts'

// A named choice of port rules, and of how some next-hop lists are set up. What is gone since is passed over, so that
// removing a rule or hop never means to change the profiles first.

export const profileSchema = v.strictObject({
  id: idSchema,
  name: nameField('Name'),
  /** The rules that are on with it. Those of other profiles are off; a rule that is in none stays as it is. */
  ruleIds: v.optional(
    v.pipe(
      v.array(idSchema, saying('Rules must be a list of rule ids')),
      v.maxLength(
        10_000,
        saying('{label} has too many entries: at most {most}', { label: 'Rules', most: 10_000 }),
      ),
    ),
    [],
  ),
  /** Next-hop lists as they are with it. */
  lists: v.optional(listField('Next-hop lists', nextHopListSchema, 1000), []),
})
export type Profile = v.InferOutput<typeof profileSchema>
