import type { Bar, BlockingCondition } from '../errors.ts'
import type { Explanation } from './failure-texts.ts'
import { englishObstacle, germanObstacle } from './obstacles.ts'

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

export function germanBar(bar: Bar): Explanation {
  switch (bar.kind) {
    case 'client':
      return {
        what: `der Client ${bar.client} gehört nicht zu denen, die die Regel „${bar.rule}“ zulässt`,
        advice: 'fügen Sie ihn den erlaubten Clients hinzu, wenn er sich verbinden darf',
      }
    case 'limit':
      return {
        what: `die Regel „${bar.rule}“ hat ihre Höchstzahl von ${bar.limit} ${bar.limit === 1 ? 'Verbindung' : 'Verbindungen'}`,
        advice: 'erhöhen Sie die Höchstzahl, wenn es mehr sein dürfen',
      }
    case 'hop':
      return bar.obstacle.kind === 'full'
        ? {
            what: `der Next Hop „${bar.hop}“ ${germanObstacle(bar.obstacle)}`,
            advice: 'erhöhen Sie die Höchstzahl, oder geben Sie dem Weg einen weiteren Next Hop',
          }
        : {
            what: `der Next Hop „${bar.hop}“ ist ${germanObstacle(bar.obstacle)}`,
            advice: 'beenden Sie die Wartung, oder geben Sie dem Weg einen weiteren Next Hop',
          }
    case 'route-changed':
      return {
        what: 'der Weg der Regel wurde geändert',
        advice: 'verbinden Sie sich neu: dann gilt der neue Weg',
      }
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
