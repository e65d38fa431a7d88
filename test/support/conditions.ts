import type { Condition, ConditionInput } from '../../shared/model/condition.ts'
import { makeConfig, makeRule } from './config.ts'

/** A condition that blocks, unless it says otherwise. */
export function makeCondition(fields: Partial<ConditionInput>): Condition {
  const condition = { id: 'c', route: { kind: 'block' as const }, ...fields }
  const { conditions } = makeConfig({ conditions: [condition] })
  const [made] = conditions
  if (!made) throw new Error('no condition')
  return made
}

/** A rule without a hop, and its conditions. */
export function ruleWith(conditions: readonly ConditionInput[], id = 'rule') {
  return makeRule({ id, to: 9, route: { kind: 'direct' }, conditions: [...conditions] })
}
