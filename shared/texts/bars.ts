import type { Bar, BlockingCondition } from '../errors.ts'
import { englishObstacle, germanObstacle } from './obstacles.ts'

/** What keeps a connection from being made, where that is not the route `block` of a rule. */
export const englishBars = (bar: Bar): string => {
  switch (bar.kind) {
    case 'client':
      return `the client ${bar.client} is not among the allowed clients of the rule "${bar.rule}"`
    case 'limit':
      return `the rule "${bar.rule}" has its limit of ${bar.limit} ${bar.limit === 1 ? 'connection' : 'connections'}`
    case 'hop':
      return `the next hop "${bar.hop}" ${bar.obstacle.kind === 'full' ? '' : 'is '}${englishObstacle(bar.obstacle)}`
    case 'route-changed':
      return 'the route of the rule was changed'
  }
}

export const germanBars = (bar: Bar): string => {
  switch (bar.kind) {
    case 'client':
      return `der Client ${bar.client} gehört nicht zu denen, die die Regel „${bar.rule}“ zulässt`
    case 'limit':
      return `die Regel „${bar.rule}“ hat ihre Höchstzahl von ${bar.limit} ${bar.limit === 1 ? 'Verbindung' : 'Verbindungen'}`
    case 'hop':
      return `der Next Hop „${bar.hop}“ ${bar.obstacle.kind === 'full' ? '' : 'ist '}${germanObstacle(bar.obstacle)}`
    case 'route-changed':
      return 'der Weg der Regel wurde geändert'
  }
}

export function englishCondition({ number, name, rule }: BlockingCondition): string {
  const title = name === undefined ? `condition ${number}` : `the condition “${name}”`
  return `${title} of ${rule === undefined ? 'all rules' : `the rule “${rule}”`}`
}

export function germanCondition({ number, name, rule }: BlockingCondition): string {
  const title = name === undefined ? `Bedingung ${number}` : `die Bedingung „${name}“`
  return `${title} ${rule === undefined ? 'aller Regeln' : `der Regel „${rule}“`}`
}
