import type { Bar, BlockingCondition } from '../errors.ts'
import type { Explanation } from './failure-texts.ts'
import { englishObstacle } from './obstacles-en.ts'

// What keeps a connection from being made, where that is neither the route `block` nor a condition, and what to do about it.

export function englishBar(bar: Bar): Explanation {
  switch (bar.kind) {
    case 'client':
      return {
        what: `the client ${bar.client} is not among the allowed clients of the rule "${bar.rule}"`,
        advice: 'add it to them if it may connect',
      }
    case 'limit':
      return {
        what: `the rule "${bar.rule}" has its limit of ${bar.limit} ${bar.limit === 1 ? 'connection' : 'connections'}`,
        advice: 'raise its connection limit if it may have more',
      }
    case 'hop':
      return bar.obstacle.kind === 'full'
        ? {
            what: `the next hop "${bar.hop}" ${englishObstacle(bar.obstacle)}`,
            advice: 'raise its connection limit, or give the route another hop',
          }
        : {
            what: `the next hop "${bar.hop}" is ${englishObstacle(bar.obstacle)}`,
            advice: 'end its maintenance, or give the route another hop',
          }
    case 'route-changed':
      return { what: 'the route of the rule was changed', advice: 'connect again: it takes the new route' }
  }
}

export function englishCondition({ number, name, rule }: BlockingCondition): string {
  const title = name === undefined ? `condition ${number}` : `the condition “${name}”`
  return `${title} of ${rule === undefined ? 'all rules' : `the rule “${rule}”`}`
}
