import type { UpdateStatus } from '../updates.ts'
import { call, nothing, type Done } from './call.ts'

/** Newer versions of the desktop app. Each step is the user's to ask for; what comes of it is in `update.changed`. */
export const updateCalls = {
  'update.get': call('What is known of a newer version.', nothing).returns<UpdateStatus>(),
  'update.check': call('Looks for a newer version.', nothing).returns<UpdateStatus>(),
  'update.download': call('Downloads and verifies the newer version.', nothing).returns<UpdateStatus>(),
  'update.install': call(
    'Ends the app, installs the version that is ready, and starts it.',
    nothing,
  ).returns<Done>(),
}
