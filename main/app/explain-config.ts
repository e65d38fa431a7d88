import * as v from 'valibot'
import { contract, type CallInput } from '../../shared/contract.ts'
import { notFound } from '../../shared/errors.ts'
import type { RouteExplanation } from '../../shared/explanation.ts'
import type { Config } from '../../shared/model/config.ts'
import { toIssues } from '../../shared/model/issues.ts'
import { say } from '../../shared/told.ts'
import { explainFromConfig } from '../engine/explain/explain-config.ts'
import { imagineConnection } from './imagine-connection.ts'
import { InvalidError, summarize } from './invalid-error.ts'

/**
 * `route.explain` of a config that no engine runs on. Throws an InvalidError for input with mistakes, and a not-found
 * failure where there is no such rule.
 */
export function explainConfig(
  config: Config,
  input: CallInput<'route.explain'>,
  now: Date = new Date(),
): RouteExplanation {
  const parsed = v.safeParse(contract['route.explain'].input, input)
  if (!parsed.success) {
    const issues = toIssues(parsed.issues)
    throw new InvalidError(summarize(issues), issues)
  }
  const { ruleId, ...told } = parsed.output
  const rule = config.rules.find(({ id }) => id === ruleId)
  if (!rule) throw notFound(say('There is no such port rule'))
  return explainFromConfig(config, rule, imagineConnection(rule, told, now))
}
