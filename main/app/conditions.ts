import { notFound } from '../../shared/errors.ts'
import { say } from '../../shared/told.ts'
import type { Engine } from '../engine/api.ts'
import type { ConfigEditor } from './config-editor.ts'
import type { Handlers } from './dispatch.ts'
import { imagineConnection } from './imagine-connection.ts'

type ConditionCalls = 'condition.save' | 'condition.hits' | 'route.explain'

/** The conditions of all rules, and what conditions come to. Those of a rule are saved with it. */
export function conditionHandlers(
  editor: ConfigEditor,
  engine: Pick<Engine, 'snapshot' | 'explain'>,
): Pick<Handlers, ConditionCalls> {
  return {
    'condition.save': ({ conditions }) =>
      editor.change((config) => ({
        config: { ...config, conditions },
        value: {},
        focus: { section: 'conditions' },
      })),
    'condition.hits': async () => (await engine.snapshot()).conditions ?? [],
    'route.explain': async ({ ruleId, ...input }) => {
      const rule = editor.config.rules.find(({ id }) => id === ruleId)
      if (!rule) throw noRule()
      const connection = imagineConnection(rule, input, new Date())
      const explanation = await engine.explain({ ruleId, connection })
      if (!explanation) throw noRule()
      return explanation
    },
  }
}

function noRule() {
  return notFound(say('There is no such port rule: it may have been removed'))
}
