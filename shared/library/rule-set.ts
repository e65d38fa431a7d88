import * as v from 'valibot'
import { booleanField, idSchema, integerField, portField } from '../model/fields.ts'

// A rule set: hops, lists and rules with sound defaults, and the questions whose answers are still missing. It is a JSON
// document that people can read, write and share.

const short = (label: string, most: number) =>
  v.pipe(
    v.string(`${label} must be text`),
    v.trim(),
    v.minLength(1, `${label} is empty`),
    v.maxLength(most, `${label} is too long: at most ${most} characters`),
  )

/** One text for every language, or one for each. */
const localized = (label: string, most: number) =>
  v.union(
    [short(label, most), v.strictObject({ en: short(label, most), de: short(label, most) })],
    `${label} must be text, or {"en": …, "de": …}`,
  )
export type Localized = string | { readonly en: string; readonly de: string }

export function inLanguage(text: Localized, language: 'en' | 'de'): string {
  return typeof text === 'string' ? text : text[language]
}

const questionId = v.pipe(
  v.string('Question id must be text'),
  v.regex(/^[a-z][A-Za-z0-9]{0,30}$/, 'Question id must be letters and digits, with a small letter first'),
)
const asked = { id: questionId, label: localized('Label', 100), hint: v.optional(localized('Hint', 300)) }
const optional = v.optional(booleanField('Optional'), false)

export const questionSchema = v.variant(
  'kind',
  [
    v.strictObject({
      ...asked,
      kind: v.literal('text'),
      default: v.optional(v.pipe(v.string(), v.maxLength(200))),
      optional,
    }),
    /** Never shown, never kept in the set. */
    v.strictObject({ ...asked, kind: v.literal('password') }),
    v.strictObject({ ...asked, kind: v.literal('port'), default: v.optional(portField('Default')) }),
    /** host:port. */
    v.strictObject({
      ...asked,
      kind: v.literal('endpoint'),
      default: v.optional(v.pipe(v.string(), v.maxLength(300))),
      optional,
    }),
    /** Next hops: some that are there, or new ones. */
    v.strictObject({
      ...asked,
      kind: v.literal('hops'),
      min: integerField('Min', 1, 20),
      max: integerField('Max', 1, 20),
    }),
  ],
  'Question must be of kind "text", "password", "port", "endpoint" or "hops"',
)
export type Question = v.InferOutput<typeof questionSchema>

const parts = (label: string) =>
  v.optional(
    v.pipe(
      v.array(v.record(v.string(), v.unknown()), `${label} must be a list of objects`),
      v.maxLength(1000, `${label} has too many entries: at most 1000`),
    ),
    [],
  )

export const ruleSetSchema = v.strictObject({
  nexthopSet: v.literal(1, 'nexthopSet must be 1: a later Nexthop made this set'),
  id: v.pipe(idSchema, v.maxLength(30, 'Id of a set must be at most 30 characters')),
  name: localized('Name', 60),
  summary: localized('Summary', 400),
  questions: v.optional(
    v.pipe(v.array(questionSchema), v.maxLength(50, 'Questions has too many entries: at most 50')),
    [],
  ),
  /** As in a config, with answers in their places: see docs/library.md. */
  hops: parts('Hops'),
  lists: parts('Lists'),
  rules: parts('Rules'),
})
export type RuleSet = v.InferOutput<typeof ruleSetSchema>

export const hopAnswerSchema = v.variant(
  'kind',
  [
    v.strictObject({ kind: v.literal('existing'), id: idSchema }),
    /** A next hop without its id. */
    v.strictObject({ kind: v.literal('new'), hop: v.record(v.string(), v.unknown()) }),
  ],
  'Answer must be of kind "existing" or "new"',
)
export type HopAnswer = v.InferOutput<typeof hopAnswerSchema>

/** By question id. An endpoint is host:port as text. */
export const answersSchema = v.record(
  v.string(),
  v.union(
    [v.string(), v.number(), v.pipe(v.array(hopAnswerSchema), v.maxLength(20))],
    'Answer must be text, a number or a list of next hops',
  ),
)
export type Answers = v.InferOutput<typeof answersSchema>
