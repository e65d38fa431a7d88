import { canHoldFor, type Condition } from './condition.ts'
import type { Config } from './config.ts'
import { namedDestinations } from './destination-range.ts'
import type { Issue } from './issues.ts'
import type { PortRule } from './port-rule.ts'
import type { Route } from './route.ts'

/** A route that connections of a rule to its named destination can take, and where the config says so. */
export interface Way {
  readonly route: Route
  readonly path: Issue['path']
  /** The rule's own route; the others are those of conditions. */
  readonly isOwn: boolean
}

type Routing = Pick<Config, 'rules' | 'conditions'>

/** All ways of the rule at `index`. Conditions that can't hold for the destination that the rule names are none. */
export function waysOf({ conditions }: Pick<Routing, 'conditions'>, rule: PortRule, index: number): Way[] {
  const named = namedDestinations(rule.destination)
  const canHold = (condition: Condition) =>
    named.some(({ host, port, count }) =>
      // For a range, the ends stand for all of it: a mistake in between is found when it is used.
      [port, port + count - 1].some((number) => canHoldFor(condition, host, number)),
    )
  const toWays = (of: readonly Condition[], path: Issue['path']): Way[] =>
    of.flatMap((condition, position) =>
      canHold(condition)
        ? [{ route: condition.route, path: [...path, 'conditions', position, 'route'], isOwn: false }]
        : [],
    )
  return [
    ...toWays(conditions, []),
    ...toWays(rule.conditions, ['rules', index]),
    { route: rule.route, path: ['rules', index, 'route'], isOwn: true },
  ]
}
