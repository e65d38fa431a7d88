import { captureDefaults } from '../../shared/captures.ts'
import { formatBytes } from '../../shared/format.ts'
import type { Application } from '../app/application.ts'
import { createMemoryClient } from '../app/memory-client.ts'
import { captureOptionsSchema } from '../../shared/calls/capture-calls.ts'
import * as v from 'valibot'
import { captureReasons } from './capture-reasons.ts'
import { UsageError, type Given, type OptionDefinition } from './command.ts'
import type { Console } from './console.ts'
import { durationOption, inTimes, numberOption, writeDuration } from './duration.ts'
import { followTraces } from './follow-traces.ts'
import { refuseExisting, tryOutput } from './output-file.ts'
import { wayOf } from './saved-trace.ts'
import { formatTrace } from './trace-text.ts'

/** What shows how connections went: traces as text, packets as a file. */
export const diagnosticOptions = {
  trace: { type: 'boolean', summary: 'print the stages of every connection when it has closed' },
  capture: {
    type: 'string',
    value: 'FILE',
    summary: 'record the packets of both legs as pcapng, for Wireshark; passwords are blanked',
  },
  'capture-size': {
    type: 'string',
    value: 'BYTES',
    summary: `stop recording at this size (${captureDefaults.maxBytes})`,
  },
  'capture-time': {
    type: 'string',
    value: 'TIME',
    summary: `stop recording after so long (${writeDuration(captureDefaults.maxMs)})`,
  },
  'capture-payload': {
    type: 'string',
    value: 'BYTES',
    summary: 'how much of each packet’s payload is kept (0, all)',
  },
  'capture-real-ports': {
    type: 'boolean',
    summary: 'keep the port of SOCKS hops; else it is shown as 1080, which Wireshark decodes by itself',
  },
  force: { type: 'boolean', summary: 'overwrite the file of --capture where it is there already' },
  'capture-with-passwords': { type: 'boolean', summary: 'leave passwords in the recording' },
} as const satisfies Record<string, OptionDefinition>

export interface Diagnostics {
  /** Begins to print traces, where that was asked for. */
  start(app: Application): void
  /**
   * Begins to record, where that was asked for. Not to be called before the rule listens: a port that can't be had is no
   * reason to overwrite a file. Rejects where the file can't be written.
   */
  record(app: Application): Promise<void>
  /** To be called before the application is closed: prints the traces that are still due. */
  settle(): Promise<void>
  /** To be called when the application is closed: only then the recording is complete. */
  end(): void
}

/** Throws what is wrong with the options, and where the file can't be written: before anything listens. */
export function askedDiagnostics(given: Given, console: Console): Diagnostics {
  const path = given.text('capture')
  const options = captureOptions(given)
  if (path !== undefined) {
    refuseExisting(path, given.flag('force'))
    tryOutput(path)
  }
  const ends: (() => void)[] = []
  let endTraces: (() => Promise<void>) | undefined
  return {
    start: (app) => {
      if (given.flag('trace')) endTraces = printTraces(app, console)
    },
    settle: async () => endTraces?.(),
    record: async (app) => {
      if (path === undefined) return
      ends.push(tellCaptureEnds(app))
      const { path: file } = await app.captures.start(options, path)
      app.log.info(`Recording packets into ${file}.`)
    },
    end: () => {
      for (const end of ends) end()
    },
  }
}

function tellCaptureEnds(app: Application): () => void {
  const told = new Set<string>()
  return app.hub.subscribe([], ({ name, data }) => {
    if (name !== 'capture.changed') return
    for (const { id, path, endedBy, packets, connections, bytes } of data.captures) {
      if (endedBy === undefined || told.has(id)) continue
      told.add(id)
      const counts = `${packets} packets of ${connections} ${connections === 1 ? 'connection' : 'connections'}`
      app.log.info(`Recorded ${counts}, ${formatBytes(bytes)}, into ${path}: ${captureReasons[endedBy]}.`)
    }
  })
}

function printTraces(app: Application, console: Console): () => Promise<void> {
  return followTraces(createMemoryClient(app), {
    onTrace: ({ ruleName: _theOnlyOne, ...trace }) => {
      const hop = wayOf(trace, app.config.hops)
      console.result(formatTrace(trace, { hop }).join('\n'), { event: 'trace', ...trace })
    },
  })
}

function captureOptions(given: Given) {
  const maxBytes = numberOption(given, 'capture-size')
  const maxMs = durationOption(given, 'capture-time')
  const payloadBytes = numberOption(given, 'capture-payload')
  const parsed = v.safeParse(captureOptionsSchema, {
    of: { kind: 'all' },
    ...(maxBytes !== undefined && { maxBytes }),
    ...(maxMs !== undefined && { maxMs }),
    ...(payloadBytes !== undefined && { payloadBytes }),
    decodeFriendly: !given.flag('capture-real-ports'),
    keepPasswords: given.flag('capture-with-passwords'),
  })
  if (parsed.success) return parsed.output
  throw new UsageError(inTimes(parsed.issues.map(({ message }) => message).join('; ')))
}
