import type { Console } from './console.ts'

export interface Changes {
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
  readonly listens?: readonly { readonly name: string; readonly address: string }[] | undefined
  readonly notes: readonly string[]
}

/** What a command changes in a config, a line for each part. */
export function tellChanges(changes: Changes, console: Console): void {
  for (const event of ['added', 'changed', 'removed'] as const) {
    for (const name of changes[event]) console.result(`${event.padEnd(8)} ${name}`, { event, name })
  }
  for (const { name, address } of changes.listens ?? []) {
    console.result(`listens  ${address}  ${name}`, { event: 'listens', name, address })
  }
  for (const message of changes.notes) console.result(`note     ${message}`, { event: 'note', message })
}

/** The last line: what became of it. */
export function tellOutcome(path: string, isDryRun: boolean, changes: Changes, console: Console): void {
  const count = changes.added.length + changes.changed.length + changes.removed.length
  const outcome =
    count === 0
      ? `${path} has all of it already`
      : isDryRun
        ? `${path} is as it was: this was a dry run`
        : `${path} is changed`
  console.result(outcome, { event: 'done', file: path, dryRun: isDryRun, changes: count })
}
