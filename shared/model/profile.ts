import * as v from 'valibot'
import { idSchema, nameField } from './fields.ts'
import { nextHopListSchema } from './next-hop-list.ts'

// A named choice of port rules, and of how some next-hop lists are set up. What is gone since is passed over, so that
// removing a rule or hop never means to change the profiles first.

export const profileSchema = v.strictObject({
  id: idSchema,
  name: nameField('Name'),
  /** The rules that are on with it. Those of other profiles are off; a rule that is in none stays as it is. */
  ruleIds: v.optional(
    v.pipe(
      v.array(idSchema, 'Rules must be a list of rule ids'),
      v.maxLength(10_000, 'Rules has too many entries: at most 10000'),
    ),
    [],
  ),
  /** Next-hop lists as they are with it. */
  lists: v.optional(
    v.pipe(
      v.array(nextHopListSchema, 'Next-hop lists must be a list'),
      v.maxLength(1000, 'Next-hop lists has too many entries: at most 1000'),
    ),
    [],
  ),
})
export type Profile = v.InferOutput<typeof profileSchema>
