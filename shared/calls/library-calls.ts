import * as v from 'valibot'
import { idSchema, nameField } from '../model/fields.ts'
import { answersSchema, type RuleSet } from '../library/rule-set.ts'
import { saying } from '../told.ts'
import { call, ids, nothing, type Done, type Removed, type Saved, type TextFile } from './call.ts'

const applyInput = v.strictObject({ setId: idSchema, answers: answersSchema })

export const libraryCalls = {
  'library.list': call('The rule sets that can be added, the user’s own last.', nothing).returns<
    readonly LibraryEntry[]
  >(),
  'library.preview': call('What adding a rule set would change.', applyInput).returns<SetPreview>(),
  'library.apply': call(
    'Adds what is in a rule set; `trash.restore` undoes it.',
    applyInput,
  ).returns<Removed>(),
  'library.make': call(
    'A rule set of rules that are there, with their lists and hops, without passwords.',
    v.strictObject({ name: nameField('Name'), ruleIds: ids }),
  ).returns<TextFile>(),
  'library.save': call(
    'Keeps a rule set among the user’s own, in place of the one with the same id.',
    v.strictObject({
      text: v.pipe(
        v.string(saying('{label} must be text', { label: 'Text' })),
        v.maxLength(1_000_000, saying('The file is too large to be a rule set')),
      ),
    }),
  ).returns<Saved>(),
  'library.remove': call(
    'Removes one of the user’s own rule sets; what was added from it stays.',
    v.strictObject({ id: idSchema }),
  ).returns<Done>(),
}

export interface LibraryEntry {
  readonly set: RuleSet
  /** Kept by the user, not by Nexthop. */
  readonly isOwn: boolean
}

export interface SetPreview {
  /** Names of hops, lists and rules. */
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
  readonly notes: readonly string[]
}
