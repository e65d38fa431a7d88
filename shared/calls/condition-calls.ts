import * as v from 'valibot'
import type { RouteExplanation } from '../explanation.ts'
import { detectedProtocols } from '../model/client-protocol.ts'
import { conditionsField } from '../model/condition.ts'
import { hostField, idSchema } from '../model/fields.ts'
import { hostKind } from '../model/host.ts'
import type { ConditionHits } from '../runtime.ts'
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
          v.check((host) => hostKind(host) !== 'name', 'Client must be an IP address'),
        ),
      ),
      /** host:port; where the rule says it, it may be left out. */
      target: v.optional(v.pipe(v.string('Target must be text'), v.maxLength(300))),
      protocol: v.optional(
        v.picklist(
          detectedProtocols,
          `Protocol must be one of ${detectedProtocols.map((name) => `"${name}"`).join(', ')}`,
        ),
      ),
      /** `14:05` or `sat 14:05`; now where it is left out. */
      at: v.optional(v.pipe(v.string('Time must be text'), v.maxLength(20))),
    }),
  ).returns<RouteExplanation>(),
}
