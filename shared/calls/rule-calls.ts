import * as v from 'valibot'
import { booleanField, hostField, integerField } from '../model/fields.ts'
import { portRuleSchema } from '../model/port-rule.ts'
import type { PortReport } from '../port-report.ts'
import { call, ids, type Done, type Removed, type Saved } from './call.ts'

export const ruleCalls = {
  'rule.save': call(
    'Adds a port rule, or replaces the one with the same id.',
    v.strictObject({ rule: portRuleSchema }),
  ).returns<Saved>(),
  'rule.remove': call('Removes port rules.', v.strictObject({ ids })).returns<Removed>(),
  'rule.enable': call(
    'Switches port rules on or off.',
    v.strictObject({ ids, enabled: booleanField('Enabled') }),
  ).returns<Done>(),
  'rule.reorder': call('Puts all port rules in a new order.', v.strictObject({ ids })).returns<Done>(),
  'port.examine': call(
    'Whether a port is free; else who holds it, and which one is.',
    v.strictObject({ host: hostField('Listen address'), port: integerField('Port', 1, 65535) }),
  ).returns<PortReport>(),
  'port.suggest': call(
    'A free port to listen on.',
    v.strictObject({ near: integerField('Port', 1, 65535) }),
  ).returns<{ readonly port: number }>(),
}
