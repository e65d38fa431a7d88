import * as v from 'valibot'
import { booleanField, choiceField, idSchema, integerField, networkSchema } from '../model/fields.ts'
import type { ConnectionDetail, ConnectionSummary } from '../runtime.ts'
import { saying } from '../told.ts'
import { call, ids, nothing, type TextFile } from './call.ts'

const connectionFilter = v.variant(
  'kind',
  [
    v.strictObject({ kind: v.literal('ids'), ids }),
    v.strictObject({ kind: v.literal('rule'), ruleId: idSchema }),
    v.strictObject({ kind: v.literal('all') }),
  ],
  saying('{label} must be of kind {choices}', { label: 'Connections', choices: ['ids', 'rule', 'all'] }),
)

const traceFilter = v.strictObject({
  ids: v.optional(ids),
  ruleId: v.optional(idSchema),
  client: v.optional(networkSchema),
  failed: v.optional(booleanField('Failed')),
  slowMs: v.optional(integerField('Slow', 0, 86_400_000, 'ms')),
  language: v.optional(choiceField('Language', ['en', 'de']), 'en'),
})

export const connectionCalls = {
  'connection.list': call('Open connections, then those closed lately; newest first.', nothing).returns<
    readonly ConnectionSummary[]
  >(),
  'connection.get': call(
    'One connection with its stages.',
    v.strictObject({ id: idSchema }),
  ).returns<ConnectionDetail>(),
  'connection.export': call(
    'The traces of all connections that match: JSON lines, in the order in which they closed. What is left out does not matter.',
    traceFilter,
  ).returns<TextFile>(),
  'connection.close': call('Closes connections.', connectionFilter).returns<{ readonly closed: number }>(),
}
