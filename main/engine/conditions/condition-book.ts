import { isDeepStrictEqual } from 'node:util'
import type { Condition } from '../../../shared/model/condition.ts'
import type { Config } from '../../../shared/model/config.ts'
import type { PortRule } from '../../../shared/model/port-rule.ts'
import type { ConditionHits } from '../../../shared/runtime.ts'
import { prepareCondition, type PreparedCondition } from './prepare.ts'

/** A condition in its place, with how often it decided. */
export interface BookedCondition extends PreparedCondition {
  /** Undefined: of all rules. */
  readonly rule: Pick<PortRule, 'id' | 'name'> | undefined
  /** In its list, from 1. */
  readonly number: number
  readonly counter: { hits: number }
}

/** The conditions of a config in the order in which they are asked, and their counters. */
export class ConditionBook {
  #entries = new Map<string, BookedCondition>()
  #common: readonly BookedCondition[] = []
  /** Of rules that have some of their own. */
  #byRule = new Map<string, readonly BookedCondition[]>()
  #hasAny = new Set<readonly BookedCondition[]>()

  /** Takes on a new config. A condition that asks for the same and leads to the same keeps its counter. */
  apply({ rules, conditions }: Pick<Config, 'rules' | 'conditions'>): void {
    const before = this.#entries
    this.#entries = new Map()
    const book = (condition: Condition, index: number, rule?: PortRule) => {
      const key = `${rule?.id ?? ''}/${condition.id}`
      const entry = bookEntry(condition, index + 1, rule, before.get(key))
      this.#entries.set(key, entry)
      return entry
    }
    this.#common = conditions.map((condition, index) => book(condition, index))
    this.#byRule = new Map(
      rules
        .filter((rule) => rule.conditions.length > 0)
        .map((rule) => [
          rule.id,
          [...this.#common, ...rule.conditions.map((condition, index) => book(condition, index, rule))],
        ]),
    )
    const lists = [this.#common, ...this.#byRule.values()]
    this.#hasAny = new Set(lists.filter((list) => list.some(({ condition }) => condition.enabled)))
  }

  /** All conditions for connections of a rule, also those that are off. */
  allOf(ruleId: string): readonly BookedCondition[] {
    return this.#byRule.get(ruleId) ?? this.#common
  }

  /** The same where at least one is on; most rules have none, and then nothing is asked. */
  of(ruleId: string): readonly BookedCondition[] | undefined {
    const all = this.allOf(ruleId)
    return this.#hasAny.has(all) ? all : undefined
  }

  /** Of conditions that decided something. */
  hits(): ConditionHits[] {
    return [...this.#entries.values()]
      .filter(({ counter }) => counter.hits > 0)
      .map(({ rule, condition, counter }) => ({
        ...(rule && { ruleId: rule.id }),
        conditionId: condition.id,
        hits: counter.hits,
      }))
  }
}

function bookEntry(
  condition: Condition,
  number: number,
  rule: BookedCondition['rule'],
  before: BookedCondition | undefined,
): BookedCondition {
  const counter = before && isSameQuestion(before.condition, condition) ? before.counter : { hits: 0 }
  const prepared =
    before && isDeepStrictEqual(before.condition, condition) ? before : prepareCondition(condition)
  return { condition: prepared.condition, tests: prepared.tests, rule, number, counter }
}

/** Its name may be another, and it may have been switched. */
function isSameQuestion(one: Condition, other: Condition): boolean {
  const strip = ({ name: _name, enabled: _enabled, ...question }: Condition) => question
  return isDeepStrictEqual(strip(one), strip(other))
}
