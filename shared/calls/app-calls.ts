import type { Problem } from '../problems.ts'
import type { AppSnapshot, LogEntry } from '../runtime.ts'
import { call, nothing, type Done, type TextFile } from './call.ts'

/** The app itself: its state, log and diagnostics, and the demo. */
export const appCalls = {
  'state.get': call('Everything that is wanted and everything that is.', nothing).returns<AppSnapshot>(),
  'link.take': call('The link to a next hop that the user opened, once.', nothing).returns<{
    readonly url?: string
  }>(),
  'problem.list': call('What is wrong now, and what helps.', nothing).returns<readonly Problem[]>(),
  'problem.take': call(
    'The key of the problem that the user wants to do something about, once: of a notification that was clicked.',
    nothing,
  ).returns<{ readonly key?: string }>(),
  'log.list': call('The latest log entries, oldest first.', nothing).returns<readonly LogEntry[]>(),
  'diagnostics.get': call('All that helps to find a fault, without passwords.', nothing).returns<TextFile>(),
  'demo.start': call(
    'Sets up a SOCKS5 server and a page on loopback, and a rule that leads there.',
    nothing,
  ).returns<DemoInfo>(),
  'demo.stop': call('Takes away all that the demo set up.', nothing).returns<Done>(),
}

export interface DemoInfo {
  readonly ruleId: string
  readonly hopId: string
  /** What to open in a browser. */
  readonly url: string
}
