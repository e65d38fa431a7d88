import type { OptionDefinition, Given } from './command.ts'
import { UsageError } from './command.ts'
import { openLogFile, type LogFile } from '../app/log-file.ts'
import { jsonSink, textSink } from '../app/log-sinks.ts'
import type { LogSink } from '../app/log.ts'

// The log in a file of its own, for programs that collect it.

export const logFileOptions = {
  'log-file': { type: 'string', value: 'FILE', summary: 'write the log to this file, too' },
  'log-format': { type: 'string', value: 'text|json', summary: 'of the log file (text)' },
  'log-size': {
    type: 'string',
    value: 'MB',
    summary: 'how large the log file gets before it becomes FILE.1 (10)',
  },
  'log-keep': { type: 'string', value: 'N', summary: 'how many full log files are kept (5)' },
} as const satisfies Record<string, OptionDefinition>

export interface LogFileSink {
  readonly sink: LogSink
  readonly file: LogFile
}

/** Opens the log file that was asked for. Throws `UsageError`, and a NexthopError where it can't be written. */
export function openAskedLogFile(given: Given): LogFileSink | undefined {
  const path = given.text('log-file')
  const format = given.text('log-format') ?? 'text'
  if (format !== 'text' && format !== 'json') throw new UsageError('--log-format must be text or json')
  const mostBytes = wholeNumber(given, 'log-size', 10, 1, 10_000) * 1_000_000
  const keep = wholeNumber(given, 'log-keep', 5, 0, 1000)
  if (path === undefined) {
    if (Object.keys(logFileOptions).some((option) => given.text(option) !== undefined)) {
      throw new UsageError('--log-file is missing: the other options of the log file need it')
    }
    return undefined
  }
  const file = openLogFile(path, { mostBytes, keep })
  file.open()
  const write = (line: string) => {
    file.write(line)
  }
  return { file, sink: format === 'json' ? jsonSink(write) : textSink(write) }
}

function wholeNumber(given: Given, option: string, usual: number, min: number, max: number): number {
  const text = given.text(option)
  if (text === undefined) return usual
  const value = /^\d{1,6}$/.test(text) ? Number(text) : NaN
  if (value >= min && value <= max) return value
  throw new UsageError(`--${option} must be a whole number from ${min} to ${max}`)
}
