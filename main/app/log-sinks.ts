import type { LogEntry } from '../../shared/runtime.ts'
import type { LogSink } from './log.ts'

/** Lines for people: `2026-01-31T12:00:00.000Z warn  The message`. `write` gets each with its line end. */
export function textSink(write: (line: string) => void): LogSink {
  return ({ at, level, message }) => {
    write(`${new Date(at).toISOString()} ${level.padEnd(5)} ${message}\n`)
  }
}

/** One JSON object per line, with the time as ISO 8601. */
export function jsonSink(write: (line: string) => void): LogSink {
  return ({ at, ...entry }: LogEntry) => {
    write(`${JSON.stringify({ at: new Date(at).toISOString(), ...entry })}\n`)
  }
}
