import type { Condition } from '../../../shared/model/condition.ts'
import type { laterTexts } from '../../texts/later.ts'

type Texts = (typeof laterTexts)['en']['conditions']

/** How many entries of a field are named. */
const named = 2

/** What a condition looks at, in a few words. */
export function conditionSummary(texts: Texts, condition: Condition): string {
  const { client, destination, port, protocol, time } = condition
  const { summary } = texts
  const list = (entries: readonly string[]) => {
    const shown = entries.slice(0, named).map((entry) => entry.replace(/\/(32|128)$/, ''))
    const rest = entries.length - shown.length
    return [...shown, ...(rest > 0 ? [summary.more(rest)] : [])].join(', ')
  }
  return [
    ...(client.length > 0 ? [summary.client(list(client))] : []),
    ...(destination.length > 0 ? [summary.destination(list(destination))] : []),
    ...(port.length > 0 ? [summary.port(list(port))] : []),
    ...(protocol.length > 0 ? [summary.protocol(list(protocol))] : []),
    ...(time ? [summary.time(spanText(texts, time))] : []),
  ].join(', ')
}

function spanText({ day }: Texts, { from, to, days }: NonNullable<Condition['time']>): string {
  const span = `${from}–${to}`
  return days.length === 0 ? span : `${days.map((name) => day[name]).join(' ')} ${span}`
}

/** What a condition is called: its name, else what it looks at. */
export function conditionName(texts: Texts, condition: Condition): string {
  return condition.name ?? conditionSummary(texts, condition)
}
