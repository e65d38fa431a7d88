import * as v from 'valibot'
import { booleanField, idSchema, integerField, portField } from '../model/fields.ts'
import { saying, type Label } from '../told.ts'

// A rule set: hops, lists and rules with sound defaults, and the questions whose answers are still missing. It is a JSON
// document that people can read, write and share.

const short = (label: Label, most: number) =>
  v.pipe(
    v.string(saying('{label} must be text', { label })),
    v.trim(),
    v.minLength(1, saying('{label} is empty', { label })),
    v.maxLength(most, saying('{label} is too long: at most {most} characters', { label, most })),
  )

/** One text for every language, or one for each. */
const localized = (label: Label, most: number) =>
  v.union(
    [short(label, most), v.strictObject({ en: short(label, most), de: short(label, most) })],
    saying('{label} must be text, or {"en": …, "de": …}', { label }),
  )
export type Localized = string | { readonly en: string; readonly de: string }

export function inLanguage(text: Localized, language: 'en' | 'de'): string {
  return typeof text === 'string' ? text : text[language]
}

const questionId = v.pipe(
  v.string(saying('{label} must be text', { label: 'Question id' })),
  v.regex(
    /^[a-z][A-Za-z0-9]{0,30}$/,
    saying('Question id must be letters and digits, with a small letter first'),
  ),
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
  saying('{label} must be of kind {choices}', {
    label: 'Question',
    choices: ['text', 'password', 'port', 'endpoint', 'hops'],
  }),
)
export type Question = v.InferOutput<typeof questionSchema>

const parts = (label: Label) =>
  v.optional(
    v.pipe(
      v.array(v.record(v.string(), v.unknown()), saying('{label} must be a list of objects', { label })),
      v.maxLength(1000, saying('{label} has too many entries: at most {most}', { label, most: 1000 })),
    ),
    [],
  )

export const ruleSetSchema = v.strictObject({
  nexthopSet: v.literal(1, saying('nexthopSet must be 1: a later Nexthop made this set')),
  id: v.pipe(idSchema, v.maxLength(30, saying('Id of a set must be at most 30 characters'))),
  name: localized('Name', 60),
  summary: localized('Summary', 400),
  questions: v.optional(
    v.pipe(
      v.array(questionSchema),
      v.maxLength(
        50,
        saying('{label} has too many entries: at most {most}', { label: 'Questions', most: 50 }),
      ),
    ),
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
  saying('{label} must be of kind {choices}', { label: 'Answer', choices: ['existing', 'new'] }),
)
export type HopAnswer = v.InferOutput<typeof hopAnswerSchema>

/** By question id. An endpoint is host:port as text. */
export const answersSchema = v.record(
  v.string(),
  v.union(
    [v.string(), v.number(), v.pipe(v.array(hopAnswerSchema), v.maxLength(20))],
    saying('Answer must be text, a number or a list of next hops'),
  ),
)
export type Answers = v.InferOutput<typeof answersSchema>
