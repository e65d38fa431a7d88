import * as v from 'valibot'
import { idSchema } from '../model/fields.ts'
import { profileSchema } from '../model/profile.ts'
import { call, type Done, type Removed, type Saved } from './call.ts'

export const profileCalls = {
  'profile.save': call(
    'Adds a profile, or replaces the one with the same id.',
    v.strictObject({ profile: profileSchema }),
  ).returns<Saved>(),
  'profile.use': call(
    'Switches to a profile: its rules on, those of other profiles off, its lists as it has them.',
    v.strictObject({ id: idSchema }),
  ).returns<Done>(),
  'profile.remove': call(
    'Removes a profile; rules and lists stay as they are.',
    v.strictObject({ id: idSchema }),
  ).returns<Removed>(),
}
