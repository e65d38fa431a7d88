import * as v from 'valibot'
import { idSchema } from '../model/fields.ts'
import type { ConnectionDetail, ConnectionSummary } from '../runtime.ts'
import { call, ids, nothing } from './call.ts'

const connectionFilter = v.variant(
  'kind',
  [
    v.strictObject({ kind: v.literal('ids'), ids }),
    v.strictObject({ kind: v.literal('rule'), ruleId: idSchema }),
    v.strictObject({ kind: v.literal('all') }),
  ],
  'Connections must be of kind "ids", "rule" or "all"',
)

export const connectionCalls = {
  'connection.list': call('Open connections, then those closed lately; newest first.', nothing).returns<
    readonly ConnectionSummary[]
  >(),
  'connection.get': call(
    'One connection with its stages.',
    v.strictObject({ id: idSchema }),
  ).returns<ConnectionDetail>(),
  'connection.close': call('Closes connections.', connectionFilter).returns<{ readonly closed: number }>(),
}
