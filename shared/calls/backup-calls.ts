import * as v from 'valibot'
import { saying } from '../told.ts'
import { call, nothing, type Removed } from './call.ts'

/** Also part of a file name. */
const backupId = v.pipe(
  v.string(saying('{label} must be text', { label: 'Backup' })),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ$/, saying('Backup must be one from the list of backups')),
)

/** A copy of the config as it was. */
export interface Backup {
  readonly id: string
  readonly at: number
  readonly hops: number
  readonly rules: number
}

export const backupCalls = {
  'backup.list': call('The copies of the config that are kept by themselves, newest first.', nothing).returns<
    readonly Backup[]
  >(),
  'backup.restore': call(
    'Makes the config what it was; `trash.restore` undoes it.',
    v.strictObject({ id: backupId }),
  ).returns<Removed>(),
}
