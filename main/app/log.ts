import { toFailure } from '../../shared/errors.ts'
import type { LogLevel } from '../../shared/model/settings.ts'
import type { LogEntry } from '../../shared/runtime.ts'
import { explainInFull } from '../../shared/texts/explain.ts'
import { createRedactor } from './redactor.ts'

/** Receives each entry as it is written, redacted already. Throws where it can't take it, in words for the log. */
export type LogSink = (entry: LogEntry) => void

/** What a message is about, for clients that link to it. */
export type LogSubject = Pick<LogEntry, 'ruleId' | 'hopId' | 'connectionId'>

export interface LogOptions {
  readonly level?: LogLevel
  /** One that fails is told of in the log, once until it works again, so that the others show it. */
  readonly sinks?: readonly LogSink[]
  /** How many of the latest entries are kept. */
  readonly capacity?: number
  readonly now?: () => number
}

export interface Log {
  error(message: string, subject?: LogSubject): void
  warn(message: string, subject?: LogSubject): void
  info(message: string, subject?: LogSubject): void
  debug(message: string, subject?: LogSubject): void
  /** Takes over an entry that another thread made. */
  add(entry: Omit<LogEntry, 'number'>): void
  /** The latest entries, oldest first. */
  entries(): readonly LogEntry[]
  setLevel(level: LogLevel): void
  /** Makes passwords known, which are blanked from then on. */
  learnSecrets(secrets: Iterable<string>): void
  redact(text: string): string
  /** Calls back with new entries, several at a time; returns the function that ends it. */
  onAppended(listener: (entries: readonly LogEntry[]) => void): () => void
  /** Hands waiting entries to the listeners at once and stops the timer. */
  close(): Promise<void>
}

const batchMs = 100
const longestMessage = 4000
const ranks: Readonly<Record<LogLevel, number>> = { error: 0, warn: 1, info: 2, debug: 3 }

export function createLog(options: LogOptions = {}): Log {
  const { capacity = 1000, sinks = [], now = Date.now } = options
  const redactor = createRedactor()
  const kept: LogEntry[] = []
  const listeners = new Set<(entries: readonly LogEntry[]) => void>()
  let level = options.level ?? 'info'
  let waiting: LogEntry[] = []
  let timer: NodeJS.Timeout | undefined
  let count = 0
  const missed = new Map<LogSink, number>()

  function add(entry: Omit<LogEntry, 'number'>): void {
    if (ranks[entry.level] > ranks[level]) return
    count += 1
    const numbered = { ...entry, number: count, message: clean(entry.message, redactor.redact) }
    kept.push(numbered)
    if (kept.length > capacity) kept.shift()
    for (const sink of sinks) handTo(sink, numbered)
    if (listeners.size > 0) announce(numbered)
  }

  function handTo(sink: LogSink, entry: LogEntry): void {
    const before = missed.get(sink) ?? 0
    try {
      sink(entry)
    } catch (error) {
      missed.set(sink, before + 1)
      if (before === 0) write('error')(explainInFull(toFailure(error)))
      return
    }
    missed.delete(sink)
    if (before > 0) write('warn')(describeMissed(before))
  }

  function announce(entry: LogEntry): void {
    waiting.push(entry)
    if (waiting.length > capacity) waiting.shift()
    timer ??= setTimeout(flush, batchMs).unref()
  }

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const entries = waiting
    waiting = []
    if (entries.length > 0) for (const listener of [...listeners]) listener(entries)
  }

  const write = (of: LogLevel) => (message: string, subject?: LogSubject) => {
    add({ ...subject, at: now(), level: of, message })
  }

  return {
    error: write('error'),
    warn: write('warn'),
    info: write('info'),
    debug: write('debug'),
    add,
    entries: () => [...kept],
    setLevel: (next) => {
      level = next
    },
    learnSecrets: redactor.learn,
    redact: redactor.redact,
    onAppended: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    close: async () => {
      flush()
    },
  }
}

function describeMissed(count: number): string {
  return `The log file can be written again; ${count} ${count === 1 ? 'line is' : 'lines are'} missing there.`
}

/** One line of bounded length without secrets. What is cut off can't leave half a password: it is blanked before. */
function clean(message: string, redact: (text: string) => string): string {
  const line = redact(message.slice(0, 2 * longestMessage))
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
  return line.length > longestMessage ? `${line.slice(0, longestMessage)}…` : line
}
