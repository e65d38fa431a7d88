import { captureDefaults } from '../../shared/captures.ts'
import type { Application } from '../app/application.ts'
import { createMemoryClient } from '../app/memory-client.ts'
import { captureOptionsSchema } from '../../shared/calls/capture-calls.ts'
import * as v from 'valibot'
import { UsageError, type Given, type OptionDefinition } from './command.ts'
import type { Console } from './console.ts'
import { durationOption, numberOption } from './duration.ts'
import { followTraces } from './follow-traces.ts'

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
  'capture-time': { type: 'string', value: 'TIME', summary: 'stop recording after so long (10min)' },
  'capture-payload': {
    type: 'string',
    value: 'BYTES',
    summary: 'how much of each packet’s payload is kept (0, all)',
  },
  'capture-real-ports': {
    type: 'boolean',
    summary: 'keep the port of SOCKS hops; else it is shown as 1080, which Wireshark decodes by itself',
  },
  'capture-passwords': { type: 'boolean', summary: 'leave passwords in the recording' },
} as const satisfies Record<string, OptionDefinition>

/** Starts what was asked for; returns what ends it. Rejects where the file can't be written. */
export async function startDiagnostics(
  given: Given,
  app: Application,
  console: Console,
): Promise<() => void> {
  const endTraces = given.flag('trace') ? followTraces(createMemoryClient(app), console) : undefined
  const path = given.text('capture')
  if (path !== undefined) await app.captures.start(captureOptions(given), path)
  const endWatch = app.hub.subscribe([], ({ name, data }) => {
    if (name !== 'capture.changed') return
    for (const { path: file, endedBy, bytes } of data.captures) {
      if (endedBy === 'size' || endedBy === 'time' || endedBy === 'disk') {
        app.log.info(`The capture ${file} is complete (${reasons[endedBy]}, ${bytes} bytes).`)
      }
    }
  })
  return () => {
    endTraces?.()
    endWatch()
  }
}

const reasons = {
  size: 'it has reached its size',
  time: 'its time is over',
  disk: 'the disk is full or too slow',
} as const

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
    keepPasswords: given.flag('capture-passwords'),
  })
  if (parsed.success) return parsed.output
  throw new UsageError(parsed.issues.map(({ message }) => message).join('; '))
}
