import * as v from 'valibot'
import { toIssues } from '../../../shared/model/issues.ts'
import { ruleSetSchema, type RuleSet } from '../../../shared/library/rule-set.ts'
import { say } from '../../../shared/told.ts'
import { InvalidError, summarize } from '../invalid-error.ts'
import { namesIn } from './fill-template.ts'

/** Values that every set has besides the answers. */
export const builtInNames = ['new', 'unique']

/** Reads a rule set. Throws an InvalidError that lists its mistakes. */
export function readSet(text: string): RuleSet {
  let document: unknown
  try {
    document = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    throw new InvalidError(say('This is not a rule set: it is not JSON'), [])
  }
  return checkSet(document)
}

export function checkSet(document: unknown): RuleSet {
  const parsed = v.safeParse(ruleSetSchema, document)
  if (!parsed.success) {
    const issues = toIssues(parsed.issues)
    throw new InvalidError(say('This is not a rule set: {mistake}', { mistake: summarize(issues) }), issues)
  }
  const set = parsed.output
  const known = new Set([...builtInNames, ...set.questions.map(({ id }) => id)])
  const unknown = namesIn([set.hops, set.lists, set.rules]).find((name) => !known.has(name))
  if (unknown !== undefined) {
    const said = say('The set uses "${id}", and asks no question with this id', { id: unknown })
    throw new InvalidError(said, [{ path: ['questions'], ...said }])
  }
  return set
}
