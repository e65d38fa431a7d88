import type { CommandContext } from './command.ts'

/** What to type for this program where it was started: in a clone only npm finds it. */
export function programName(env: CommandContext['env']): string {
  return env['npm_lifecycle_event'] === undefined ? 'nexthop' : 'npx nexthop'
}
