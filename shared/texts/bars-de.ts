import type { Bar, BlockingCondition } from '../errors.ts'
import type { Explanation } from './failure-texts.ts'
import { germanObstacle } from './obstacles-de.ts'

// What keeps a connection from being made, where that is neither the route `block` nor a condition, and what to do about it.

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

export function germanCondition({ number, name, rule }: BlockingCondition): string {
  const title = name === undefined ? `Bedingung ${number}` : `die Bedingung „${name}“`
  return `${title} ${rule === undefined ? 'aller Regeln' : `der Regel „${rule}“`}`
}
