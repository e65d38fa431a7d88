import * as v from 'valibot'
import { idSchema, integerField, loginField } from '../model/fields.ts'
import { nextHopListSchema } from '../model/next-hop-list.ts'
import { nextHopSchema } from '../model/next-hop.ts'
import type { CheckReport } from '../runtime.ts'
import { saying } from '../told.ts'
import { call, type Done, type Removed, type Saved } from './call.ts'

/** `password`: absent keeps the one that is stored, null removes it. */
const hopInput = v.strictObject({
  hop: v.pipe(
    v.looseObject({ password: v.optional(v.nullable(loginField('Password'))) }),
    v.transform((hop): Record<string, unknown> => hop),
  ),
})

const checkInput = v.strictObject({
  /** Chosen by the caller; it names the events of this check. */
  checkId: idSchema,
  hop: v.variant(
    'kind',
    [
      v.strictObject({ kind: v.literal('id'), id: idSchema }),
      v.strictObject({ kind: v.literal('draft'), hop: nextHopSchema }),
    ],
    saying('{label} must be of kind {choices}', { label: 'Hop', choices: ['id', 'draft'] }),
  ),
  /** host:port to ask the hop for; without it, only the greeting and login are tried. */
  target: v.optional(v.pipe(v.string(saying('{label} must be text', { label: 'Target' })), v.maxLength(300))),
})

export const hopCalls = {
  'hop.save': call('Adds a next hop, or replaces the one with the same id.', hopInput).returns<Saved>(),
  'hop.remove': call(
    'Removes a next hop. Where it is in use, another one must be named to take its place.',
    v.strictObject({ id: idSchema, replaceWith: v.optional(idSchema) }),
  ).returns<Removed>(),
  'hop.check': call('Tries a next hop stage by stage.', checkInput).returns<CheckReport>(),
  'hop.fail': call(
    'Leaves a next hop alone for a while, to rehearse its loss; 0 ms ends that. Open connections go on.',
    v.strictObject({
      id: idSchema,
      forMs: v.optional(integerField('Time', 0, 3_600_000, 'ms'), 60_000),
    }),
  ).returns<Done>(),
  'hop.cancelCheck': call('Ends a running check.', v.strictObject({ checkId: idSchema })).returns<Done>(),
}

export const listCalls = {
  'list.save': call(
    'Adds a next-hop list, or replaces the one with the same id.',
    v.strictObject({ list: nextHopListSchema }),
  ).returns<Saved>(),
  'list.remove': call(
    'Removes a next-hop list that no rule uses.',
    v.strictObject({ id: idSchema }),
  ).returns<Removed>(),
}
