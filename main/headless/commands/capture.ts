import * as v from 'valibot'
import { captureOptionsSchema } from '../../../shared/calls/capture-calls.ts'
import { captureDefaults, type CaptureScope, type CaptureView } from '../../../shared/captures.ts'
import { formatBytes } from '../../../shared/format.ts'
import type { ConfigView } from '../../../shared/runtime.ts'
import { captureReasons } from '../capture-reasons.ts'
import { UsageError, type Command, type ExitCode, type Given } from '../command.ts'
import type { Console } from '../console.ts'
import { copyCapture, type CaptureTarget } from '../copy-capture.ts'
import { ask, findServe, runningConfigOption } from '../control/running-serve.ts'
import { durationOption, inTimes, numberOption, writeDuration } from '../duration.ts'
import { findRule } from '../find-rule.ts'
import { openOutput, refuseExisting } from '../output-file.ts'
import { createStopSignal } from '../stop-signal.ts'
import { withClosers } from '../with-closers.ts'

export const capture: Command = {
  name: 'capture',
  summary: 'Records packets of a running "nexthop serve" as pcapng, for Wireshark; without admin rights.',
  operands: [],
  options: {
    rule: { type: 'string', value: 'NAME', summary: 'record the connections of this port rule' },
    connection: {
      type: 'string',
      value: 'ID',
      summary: 'record this open connection, to its end; "nexthop trace" and the app tell its number',
    },
    all: { type: 'boolean', summary: 'record all connections' },
    output: { type: 'string', short: 'o', value: 'FILE', summary: 'the file to write; - for stdout' },
    force: { type: 'boolean', summary: 'overwrite the file where it is there already' },
    time: {
      type: 'string',
      value: 'TIME',
      summary: `stop after so long (${writeDuration(captureDefaults.maxMs)})`,
    },
    size: { type: 'string', value: 'BYTES', summary: `stop at this size (${captureDefaults.maxBytes})` },
    payload: {
      type: 'string',
      value: 'BYTES',
      summary: 'how much of each packet’s payload is kept (0, all)',
    },
    'decode-friendly': {
      type: 'boolean',
      summary: 'show the port of SOCKS hops as 1080, which Wireshark decodes by itself; this is the default',
    },
    'real-ports': { type: 'boolean', summary: 'keep the port of SOCKS hops' },
    'with-passwords': { type: 'boolean', summary: 'leave passwords in; else they are blanked' },
    ...runningConfigOption,
  },
  notes: [
    'Both legs are recorded, client to Nexthop and Nexthop to the hop. Ctrl+C ends it; the file is complete then. The file ' +
      'is for this user alone.',
  ],
  examples: [
    { line: 'nexthop capture --rule Database -o db.pcapng', says: 'a port rule, until Ctrl+C' },
    { line: 'nexthop capture --all -o - | wireshark -k -i -', says: 'to look on while it happens' },
  ],
  run: async (given, { console, env }) => {
    const path = given.text('output')
    if (path === undefined) throw new UsageError('--output is missing: say into which file, -o FILE')
    const isForced = given.flag('force')
    if (path !== '-') refuseExisting(path, isForced)
    const scope = readScope(given)
    return withClosers<ExitCode>(async (own) => {
      const stop = createStopSignal(['SIGHUP'])
      own(() => {
        stop.close()
      })
      const { client, state } = await findServe(given, env)
      own(() => {
        client.close()
      })
      const options = readOptions(given, toScope(scope, state.config))
      const begun = await ask(client, 'capture.start', { ...options, whileRead: true })
      // Only now: a recording that can not begin leaves the file as it was, or leaves none.
      const target = await openTarget(path, own).catch(async (error: unknown) => {
        await ask(client, 'capture.remove', { id: begun.id }).catch(() => undefined)
        throw error
      })
      tellStart(begun, scope, path, console)
      const ended = await copyCapture(client, begun.id, target, stop.signal)
      tellEnd(ended, path, console)
      return ended.endedBy === 'disk' || ended.endedBy === 'engine' ? 1 : 0
    })
  },
}

type AskedScope = { readonly rule: string } | { readonly connectionId: string } | { readonly kind: 'all' }

function readScope(given: Given): AskedScope {
  const rule = given.text('rule')
  const connectionId = given.text('connection')
  const asked: AskedScope[] = [
    ...(rule === undefined ? [] : [{ rule }]),
    ...(connectionId === undefined ? [] : [{ connectionId }]),
    ...(given.flag('all') ? [{ kind: 'all' as const }] : []),
  ]
  const [scope] = asked
  if (scope && asked.length === 1) return scope
  throw new UsageError('say what to record: one of --rule NAME, --connection ID and --all')
}

function toScope(asked: AskedScope, config: ConfigView): CaptureScope {
  if ('rule' in asked) return { kind: 'rule', ruleId: findRule(config, asked.rule).id }
  if ('connectionId' in asked) return { kind: 'connection', connectionId: asked.connectionId }
  return asked
}

function readOptions(given: Given, of: CaptureScope) {
  if (given.flag('decode-friendly') && given.flag('real-ports')) {
    throw new UsageError('--decode-friendly and --real-ports exclude each other: keep one')
  }
  const maxMs = durationOption(given, 'time')
  const maxBytes = numberOption(given, 'size')
  const payloadBytes = numberOption(given, 'payload')
  const parsed = v.safeParse(captureOptionsSchema, {
    of,
    ...(maxBytes !== undefined && { maxBytes }),
    ...(maxMs !== undefined && { maxMs }),
    ...(payloadBytes !== undefined && { payloadBytes }),
    decodeFriendly: !given.flag('real-ports'),
    keepPasswords: given.flag('with-passwords'),
  })
  if (parsed.success) return parsed.output
  throw new UsageError(inTimes(parsed.issues.map(({ message }) => message).join('; ')))
}

async function openTarget(path: string, own: (close: () => unknown) => void): Promise<CaptureTarget> {
  if (path === '-') {
    return (bytes) =>
      new Promise((resolve, reject) => {
        process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()))
      })
  }
  const file = await openOutput(path)
  own(() => file.close())
  return async (bytes) => {
    await file.writeFile(bytes)
  }
}

function tellStart(begun: CaptureView, scope: AskedScope, path: string, console: Console): void {
  const what =
    'rule' in scope ? `"${scope.rule}"` : 'connectionId' in scope ? `connection ${scope.connectionId}` : 'all'
  say(path, console, `recording ${what} into ${nameOf(path)}; Ctrl+C ends it`, {
    event: 'recording',
    of: begun.of,
  })
}

function tellEnd(ended: CaptureView, path: string, console: Console): void {
  const { packets, connections, bytes, endedBy } = ended
  const counts = `${packets} packets of ${connections} ${connections === 1 ? 'connection' : 'connections'}`
  const why = endedBy === undefined ? '' : `: ${captureReasons[endedBy]}`
  say(path, console, `recorded ${counts}, ${formatBytes(bytes)}, into ${nameOf(path)}${why}`, {
    event: 'recorded',
    ...{ packets, connections, bytes, endedBy },
  })
}

function nameOf(path: string): string {
  return path === '-' ? 'stdout' : path
}

/** Where the packets go to stdout, nothing else may. */
function say(path: string, console: Console, line: string, data: Readonly<Record<string, unknown>>): void {
  if (path === '-') console.writeLog(`${console.isJson ? JSON.stringify(data) : line}\n`)
  else console.result(line, { ...data, file: path })
}
