import { formatEndpoint } from '../../shared/model/address.ts'
import { parseHopUrl } from '../../shared/model/hop-url.ts'
import type { NextHop } from '../../shared/model/next-hop.ts'
import {
  inLanguage,
  type Answers,
  type HopAnswer,
  type Question,
  type RuleSet,
} from '../../shared/library/rule-set.ts'
import { UsageError } from './command.ts'

/** The answers in `--set NAME=VALUE` options; a question about next hops takes several. Throws `UsageError`. */
export function parseAnswers(set: RuleSet, given: readonly string[], hops: readonly NextHop[]): Answers {
  const answers: Record<string, string | HopAnswer[]> = {}
  for (const text of given) {
    const equals = text.indexOf('=')
    const name = text.slice(0, Math.max(equals, 0))
    const value = text.slice(equals + 1)
    const question = set.questions.find(({ id }) => id === name)
    // What stands there may be a login, so it is not repeated.
    if (!question) throw new UsageError(`--set must be NAME=VALUE, with one of: ${questionNames(set)}`)
    if (question.kind !== 'hops') {
      answers[name] = value
      continue
    }
    const before = answers[name]
    answers[name] = [...(Array.isArray(before) ? before : []), parseHop(value, name, hops)]
  }
  return answers
}

function questionNames({ questions }: RuleSet): string {
  return questions.length === 0 ? 'none' : questions.map(({ id }) => id).join(', ')
}

/** `Office`, for a next hop that is there; `socks5h://10.0.0.5:1080` or `Office=socks5h://…` for a new one. */
function parseHop(text: string, question: string, hops: readonly NextHop[]): HopAnswer {
  const known = hops.find(({ id, name }) => id === text || name.toLowerCase() === text.toLowerCase())
  if (known) return { kind: 'existing', id: known.id }
  const [, name, url = text] = /^([^=:]*)=(.*)$/.exec(text) ?? []
  const parsed = parseHopUrl(url)
  if (parsed.ok) return { kind: 'new', hop: { name: name ?? formatEndpoint(parsed.value), ...parsed.value } }
  throw new UsageError(
    `--set ${question}: this is neither the name of a next hop in the config, nor [NAME=]URL: ${parsed.message}`,
  )
}

/** `target      Destination (host:port)`. */
export function describeQuestion(question: Question): string {
  const label = inLanguage(question.label, 'en')
  const fallback =
    'default' in question && question.default !== undefined ? `, ${question.default} if left out` : ''
  const isOptional = ('optional' in question && question.optional) || question.kind === 'password'
  return `${question.id.padEnd(12)} ${label} (${kinds[question.kind](question)}${fallback}${isOptional && fallback === '' ? ', may be left out' : ''})`
}

const kinds: Record<Question['kind'], (question: Question) => string> = {
  text: () => 'text',
  password: () => 'a password',
  port: () => 'a port',
  endpoint: () => 'host:port',
  hops: (question) =>
    question.kind === 'hops' && question.max > 1
      ? `${question.min} to ${question.max} next hops, each a --set: [NAME=]URL, or the name of one that is there`
      : 'a next hop: [NAME=]URL, or the name of one that is there',
}

/** `target=HOST:PORT`: how the answer to a question is to be written. */
export function answerForm({ questions }: RuleSet, id: string | number | undefined): string {
  const question = questions.find((known) => known.id === id)
  return question ? `${question.id}=${forms[question.kind]}` : String(id)
}

const forms: Record<Question['kind'], string> = {
  text: 'TEXT',
  password: 'PASSWORD',
  port: 'PORT',
  endpoint: 'HOST:PORT',
  hops: '[NAME=]URL',
}
