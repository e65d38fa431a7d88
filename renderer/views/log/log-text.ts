import type { LogEntry } from '../../../shared/runtime.ts'

/** From the gravest to the least. */
export const logLevels: readonly LogEntry['level'][] = ['error', 'warn', 'info', 'debug']

/** Entries as lines of text, for the clipboard and for files. */
export function logText(entries: readonly LogEntry[]): string {
  return entries
    .map(({ at, level, message }) => `${new Date(at).toISOString()} ${level.padEnd(5)} ${message}\n`)
    .join('')
}
