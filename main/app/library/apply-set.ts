import { randomUUID } from 'node:crypto'
import { configVersion, parseConfig, type Config } from '../../../shared/model/config.ts'
import type { Answers, RuleSet } from '../../../shared/library/rule-set.ts'
import { say } from '../../../shared/told.ts'
import { InvalidError, summarize } from '../invalid-error.ts'
import { mergeConfig, type Merged } from '../transfer/merge.ts'
import { checkAnswers } from './check-answers.ts'
import { fillTemplate } from './fill-template.ts'

/**
 * Joins a rule set with a config. `unique` is in the ids of all that is new, so that a set can be added more than once.
 * Throws an InvalidError at `answers` for what is missing or wrong.
 */
export function applySet(
  present: Config,
  set: RuleSet,
  answers: Answers,
  unique: string = randomUUID().slice(0, 8),
): Merged {
  const newId = (name: string) => `${set.id}-${name}-${unique}`
  const { values, hops, issues } = checkAnswers(set, answers, present.hops, (index) =>
    newId(`hop${index + 1}`),
  )
  if (issues.length > 0) throw new InvalidError(summarize(issues), issues)
  // `$new.list` is the id of what the set calls "list".
  const all = { ...values, unique, new: newId }
  const filled = fillTemplate({ hops: set.hops, lists: set.lists, rules: set.rules }, all) as {
    readonly hops: readonly unknown[]
    readonly lists: readonly unknown[]
    readonly rules: readonly unknown[]
  }
  const result = parseConfig({ version: configVersion, ...filled, hops: [...distinct(hops), ...filled.hops] })
  if (!result.ok) {
    const mistake = summarize(result.issues)
    throw new InvalidError(say('The rule set can not be added: {mistake}', { mistake }), result.issues)
  }
  // Hops that are there already stay the very same.
  const added = result.config.hops.map((hop) => present.hops.find(({ id }) => id === hop.id) ?? hop)
  return mergeConfig(present, { ...result.config, hops: added }, 'merge')
}

function distinct<T extends { readonly id: string }>(parts: readonly T[]): T[] {
  return [...new Map(parts.map((part) => [part.id, part])).values()]
}
