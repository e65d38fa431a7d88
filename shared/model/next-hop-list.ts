import * as v from 'valibot'
import { idSchema, nameField } from './fields.ts'

// An ordered, named set of next hops and the way in which connections are spread over it.

export const listModeSchema = v.picklist(
  ['failover', 'round-robin'],
  'Mode must be "failover" or "round-robin"',
)
export type ListMode = v.InferOutput<typeof listModeSchema>

export const nextHopListSchema = v.strictObject({
  id: idSchema,
  name: nameField('Name'),
  mode: v.optional(listModeSchema, 'failover'),
  hopIds: v.pipe(
    v.array(idSchema, 'Next hops must be a list of hop ids'),
    v.minLength(1, 'Next hops is empty: a list needs at least one'),
    v.maxLength(100, 'Next hops has too many entries: at most 100'),
    v.check((ids) => new Set(ids).size === ids.length, 'Next hops names the same hop twice'),
  ),
})
export type NextHopList = v.InferOutput<typeof nextHopListSchema>
export type NextHopListInput = v.InferInput<typeof nextHopListSchema>
