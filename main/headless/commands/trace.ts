import * as v from 'valibot'
import type { ConfigView, ConnectionSummary } from '../../../shared/runtime.ts'
import { networkSchema } from '../../../shared/model/fields.ts'
import type { TraceFilter } from '../../../shared/trace-filter.ts'
import { UsageError, type Command, type ExitCode, type Given } from '../command.ts'
import type { Console } from '../console.ts'
import { ask, findServe, runningConfigOption, type RunningServe } from '../control/running-serve.ts'
import { durationOption } from '../duration.ts'
import { findRule } from '../find-rule.ts'
import { followTraces } from '../follow-traces.ts'
import { parseTraces, wayOf, type SavedTrace } from '../saved-trace.ts'
import { stdoutReaderLeft } from '../stdout-reader.ts'
import { createStopSignal } from '../stop-signal.ts'
import { formatBriefly, formatTrace } from '../trace-text.ts'
import { withClosers } from '../with-closers.ts'

export const trace: Command = {
  name: 'trace',
  summary: 'Follows the connections of a running "nexthop serve": a line each, and why it failed.',
  operands: [],
  options: {
    rule: { type: 'string', value: 'NAME', summary: 'only connections of this port rule' },
    client: { type: 'string', value: 'NETWORK', summary: 'only from this address or CIDR' },
    failed: { type: 'boolean', summary: 'only those that failed' },
    slow: {
      type: 'string',
      value: 'TIME',
      summary: 'only those that took at least so long to reach their destination, or to fail',
    },
    stages: { type: 'boolean', summary: 'the stages of all, not only of those that failed' },
    kept: { type: 'boolean', summary: 'print those that the server still knows, and end' },
    ...runningConfigOption,
  },
  notes: [
    'Each connection is told when it has closed, within a second or so. Where one failed, its stages follow, with what ' +
      'happened and what to try.',
    'With --json, each is one object per line, with its stages: --kept --json > traces.jsonl makes a file of them. ' +
      'Ctrl+C ends it, and so does a reader of its output that leaves, as head does. Exit code 1 where the server ends.',
  ],
  examples: [
    { line: 'nexthop trace', says: 'what goes on' },
    { line: 'nexthop trace --failed --rule Database', says: 'why does the database fail now and then?' },
    {
      line: 'nexthop trace --failed --kept --json > failed.jsonl',
      says: 'all that failed lately, as a file',
    },
  ],
  run: async (given, { console, env }) => {
    const wanted = readFilter(given)
    return withClosers<ExitCode>(async (own) => {
      const stop = createStopSignal(['SIGHUP'])
      own(() => {
        stop.close()
      })
      const serve = await findServe(given, env)
      own(() => {
        serve.client.close()
      })
      const rule = given.text('rule')
      const filter = {
        ...wanted,
        ...(rule !== undefined && { ruleId: findRule(serve.state.config, rule).id }),
      }
      const print = tracePrinter(serve.state.config, given.flag('stages'), console)
      if (given.flag('kept')) return printKept(serve, filter, print, console)
      if (serve.state.config.settings.closedConnectionsKept === 0) {
        warn(console, 'untraced', 'Only connections that last a while are told: closedConnectionsKept is 0')
      }
      if (!console.isJson) console.writeLog('Following connections; Ctrl+C ends it.\n')
      // Traces are all that it is for: where nobody reads them any more, it is over.
      return follow(serve, filter, print, console, Promise.race([stop.requested, stdoutReaderLeft()]))
    })
  },
}

function readFilter(given: Given): TraceFilter {
  const slowMs = durationOption(given, 'slow')
  const network = given.text('client')
  const client = network === undefined ? undefined : v.safeParse(networkSchema, network)
  if (client && !client.success) throw new UsageError(`--client: ${client.issues[0].message}`)
  return {
    ...(given.flag('failed') && { failed: true }),
    ...(slowMs !== undefined && { slowMs }),
    ...(client && { client: client.output }),
  }
}

async function printKept(
  { client }: RunningServe,
  filter: TraceFilter,
  print: (trace: SavedTrace) => void,
  console: Console,
): Promise<ExitCode> {
  const { text } = await ask(client, 'connection.export', filter)
  const traces = parseTraces(text)
  for (const kept of traces) print(kept)
  if (traces.length === 0) console.note('The server knows of no connection like that.')
  return 0
}

async function follow(
  { client }: RunningServe,
  filter: TraceFilter,
  print: (trace: SavedTrace) => void,
  console: Console,
  over: Promise<void>,
): Promise<ExitCode> {
  let end = async () => undefined as void
  const lost = new Promise<ExitCode>((resolve) => {
    end = followTraces(client, {
      filter,
      onTrace: print,
      onMissed: (connections) => {
        tellMissed(connections, filter, print, console)
      },
      onFailed: (message) => {
        console.error(message)
      },
      onLost: () => {
        console.error('The "nexthop serve" that was followed has ended.')
        resolve(1)
      },
    })
  })
  const code = await Promise.race([lost, over.then((): ExitCode => 0)])
  await end()
  return code
}

/** What is known of them without their stages; how slow they were is not. */
function tellMissed(
  connections: readonly ConnectionSummary[],
  { slowMs }: TraceFilter,
  print: (trace: SavedTrace) => void,
  console: Console,
): void {
  if (slowMs === undefined) for (const connection of connections) print({ ...connection, stages: [] })
  const count = connections.length
  const message =
    `${count === 1 ? 'The stages of 1 connection were' : `The stages of ${count} connections were`} not kept long ` +
    'enough to be fetched: raise closedConnectionsKept in the settings'
  warn(console, 'missed', message)
}

/** On stderr, since stdout is for traces. */
function warn(console: Console, event: string, message: string): void {
  console.writeLog(`${console.isJson ? JSON.stringify({ event, message }) : message}\n`)
}

/** Names are those of the start, or of the trace itself. */
function tracePrinter(config: ConfigView, isFull: boolean, console: Console): (trace: SavedTrace) => void {
  const rules = new Map(config.rules.map(({ id, name }) => [id, name]))
  return (saved) => {
    const rule = saved.ruleName ?? rules.get(saved.ruleId)
    const names = { rule, hop: wayOf(saved, config.hops) }
    const lines = isFull ? formatTrace(saved, names) : formatBriefly(saved, names)
    // Names before the stages, where they are seen.
    const named = {
      ...(names.rule !== undefined && { ruleName: names.rule }),
      ...(names.hop !== undefined && { hopName: names.hop }),
    }
    console.result(lines.join('\n'), { event: 'trace', ...named, ...saved })
  }
}
