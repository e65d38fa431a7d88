import type { EditedConfig } from './config-edit.ts'
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
export function tellOutcome(
  { path, isNew }: Pick<EditedConfig, 'path' | 'isNew'>,
  isDryRun: boolean,
  changes: Changes,
  console: Console,
): void {
  const count = changes.added.length + changes.changed.length + changes.removed.length
  const told = { event: 'done', file: path, dryRun: isDryRun, changes: count, isNew }
  console.result(outcomeOf(path, isNew, isDryRun, count), told)
}

function outcomeOf(path: string, isNew: boolean, isDryRun: boolean, count: number): string {
  if (isNew) return isDryRun ? `${path} would be new: this was a dry run` : `${path} is a new config`
  if (count === 0) return `${path} has all of it already`
  return isDryRun ? `${path} is as it was: this was a dry run` : `${path} is changed`
}
