import * as v from 'valibot'
import { parseEndpoint } from '../../../shared/model/parse-address.ts'
import { loginField, portField } from '../../../shared/model/fields.ts'
import { toIssues, type Issue } from '../../../shared/model/issues.ts'
import { nextHopSchema, type NextHop } from '../../../shared/model/next-hop.ts'
import { inLanguage, type Answers, type Question, type RuleSet } from '../../../shared/library/rule-set.ts'
import { say, type Said } from '../../../shared/told.ts'
import { summarize } from '../invalid-error.ts'
import type { Values } from './fill-template.ts'

export interface Checked {
  /** By question id, as templates use them. */
  readonly values: Values
  /** The hops that answers name, with those that are new. */
  readonly hops: readonly NextHop[]
  /** At `answers`, the question's id, and inside of its answer. */
  readonly issues: readonly Issue[]
}

/** Checks the answers to a set's questions. `newHopId` makes the id of the n-th new hop. */
export function checkAnswers(
  { questions }: RuleSet,
  answers: Answers,
  present: readonly NextHop[],
  newHopId: (index: number) => string,
): Checked {
  const values: Record<string, unknown> = {}
  const hops: NextHop[] = []
  const issues: Issue[] = []
  for (const question of questions) {
    const fail = (said: Said, rest: Issue['path'] = []) => {
      issues.push({ ...said, path: ['answers', question.id, ...rest] })
    }
    if (question.kind === 'hops') {
      const own = checkHops(
        question,
        answers[question.id],
        present,
        (index) => newHopId(hops.length + index),
        fail,
      )
      hops.push(...own)
      const [first] = own
      if (first) values[question.id] = { ids: own.map(({ id }) => id), id: first.id, name: first.name }
      continue
    }
    values[question.id] = checkValue(question, answers[question.id], fail)
  }
  return { values, hops, issues }
}

type Fail = (said: Said, rest?: Issue['path']) => void

function checkValue(
  question: Exclude<Question, { kind: 'hops' }>,
  answer: Answers[string] | undefined,
  fail: Fail,
) {
  const label = labelOf(question)
  const given = answer === '' ? undefined : answer
  const value = given ?? ('default' in question ? question.default : undefined)
  if (value === undefined) {
    const isOptional = question.kind === 'password' || ('optional' in question && question.optional)
    if (!isOptional) fail(say('{label} is missing', { label }))
    return undefined
  }
  switch (question.kind) {
    case 'port': {
      const port = v.safeParse(portField(label), typeof value === 'string' ? Number(value) : value)
      if (port.success) return port.output
      fail(summarize(toIssues(port.issues).slice(0, 1)))
      return undefined
    }
    case 'endpoint': {
      const endpoint = parseEndpoint(typeof value === 'string' ? value : '')
      if (endpoint.ok) return endpoint.value
      fail(say('{label}: {why}', { label, why: endpoint }))
      return undefined
    }
    case 'password':
    case 'text': {
      const text = v.safeParse(loginField(label), value)
      if (text.success) return text.output
      fail(summarize(toIssues(text.issues).slice(0, 1)))
      return undefined
    }
  }
}

function labelOf({ label }: Question) {
  return { en: inLanguage(label, 'en'), de: inLanguage(label, 'de') }
}

function checkHops(
  question: Extract<Question, { kind: 'hops' }>,
  answer: Answers[string] | undefined,
  present: readonly NextHop[],
  newHopId: (index: number) => string,
  fail: Fail,
): NextHop[] {
  const given = Array.isArray(answer) ? answer : []
  const label = labelOf(question)
  if (given.length < question.min) {
    fail(
      question.min === 1
        ? say('{label}: name a next hop', { label })
        : say('{label}: name at least {least} next hops', { label, least: question.min }),
    )
  }
  if (given.length > question.max) fail(say('{label}: at most {most}', { label, most: question.max }))
  return given.flatMap((entry, index) => {
    if (entry.kind === 'existing') {
      const hop = present.find(({ id }) => id === entry.id)
      if (!hop) fail(say('There is no such next hop: it may have been removed'), [index])
      return hop ?? []
    }
    const parsed = v.safeParse(nextHopSchema, { ...entry.hop, id: newHopId(index) })
    if (parsed.success) return parsed.output
    for (const { path, ...said } of toIssues(parsed.issues)) fail(said, [index, ...path])
    return []
  })
}
