import * as v from 'valibot'
import type { RouteExplanation } from '../explanation.ts'
import { conditionsField, detectedProtocolSchema } from '../model/condition.ts'
import { hostField, idSchema } from '../model/fields.ts'
import { hostKind } from '../model/host.ts'
import type { ConditionHits } from '../runtime.ts'
import { saying } from '../told.ts'
import { call, nothing, type Done } from './call.ts'

export const conditionCalls = {
  'condition.save': call(
    'Replaces the conditions of all rules.',
    v.strictObject({ conditions: conditionsField }),
  ).returns<Done>(),
  'condition.hits': call('How often conditions decided.', nothing).returns<readonly ConditionHits[]>(),
  'route.explain': call(
    'What would become of a connection: which condition decides, and which hops are tried.',
    v.strictObject({
      ruleId: idSchema,
      client: v.optional(
        v.pipe(
          hostField('Client'),
          v.check((host) => hostKind(host) !== 'name', saying('Client must be an IP address')),
        ),
      ),
      /** host:port; where the rule says it, it may be left out. */
      target: v.optional(
        v.pipe(v.string(saying('{label} must be text', { label: 'Target' })), v.maxLength(300)),
      ),
      protocol: v.optional(detectedProtocolSchema),
      /** `14:05` or `sat 14:05`; now where it is left out. */
      at: v.optional(v.pipe(v.string(saying('{label} must be text', { label: 'Time' })), v.maxLength(20))),
    }),
  ).returns<RouteExplanation>(),
}
