import { formatDuration } from '../../../shared/format.ts'
import type { CallInput, Client } from '../../../shared/contract.ts'
import { NexthopError } from '../../../shared/errors.ts'
import { formatHopUrl } from '../../../shared/model/hop-url.ts'
import type { NextHopInput } from '../../../shared/model/next-hop.ts'
import type { CheckReport } from '../../../shared/runtime.ts'
import { memoryConfigFile } from '../../app/config-file.ts'
import { createMemoryClient } from '../../app/memory-client.ts'
import { hopOptions, hopUrlNote, hopsFromUrls, passwordNote } from '../ad-hoc-hops.ts'
import { explainForCli } from '../cli-advice.ts'
import { UsageError, type Command, type ExitCode } from '../command.ts'
import type { Console } from '../console.ts'
import { inTimes } from '../duration.ts'
import { createHeadlessApp } from '../headless-app.ts'
import { createStagePrinter } from '../stage-printer.ts'
import { createStopSignal } from '../stop-signal.ts'
import { withClosers } from '../with-closers.ts'

const checkId = 'check'

type Spoken = NonNullable<CheckReport['speaks']>

export const check: Command = {
  name: 'check',
  summary: 'Tries a next hop stage by stage, and says what is wrong and what to try.',
  operands: [{ name: 'URL', summary: 'the next hop' }],
  options: {
    target: {
      type: 'string',
      value: 'HOST:PORT',
      summary: 'a destination to ask the hop for; without it, only the greeting and login are tried',
    },
    ...hopOptions,
  },
  notes: [
    hopUrlNote,
    passwordNote,
    'Where the hop is something else, it says what: SOCKS of another version, an HTTP proxy, a TLS port, a web or SSH ' +
      'server. Exit code 0 where the hop works, else 1.',
  ],
  examples: [
    { line: 'nexthop check socks5h://10.0.0.5:1080', says: 'is this a SOCKS5 proxy, and does it take me?' },
    {
      line: 'nexthop check socks5h://10.0.0.5:1080 --target db.internal:5432',
      says: 'can it reach the database?',
    },
  ],
  run: async (given, context) => {
    const [hop] = hopsFromUrls(given.operands, given, context.env)
    if (!hop) throw new UsageError('URL is missing: the next hop')
    const target = given.text('target')
    return withClosers(async (own) => {
      const stop = createStopSignal(['SIGHUP'])
      own(() => {
        stop.close()
      })
      const app = createHeadlessApp(context, memoryConfigFile(), 'refuse')
      own(() => app.close())
      const report = await tryHop(createMemoryClient(app), stop.signal, hop, target, context.console)
      if (report) return tellVerdict(report, hop, target, context.console)
      context.console.error('stopped before the check was over')
      return 1
    })
  },
}

/** Runs the check and prints its stages as they end. Undefined where it was stopped. */
async function tryHop(
  client: Client,
  stop: AbortSignal,
  hop: NextHopInput,
  target: string | undefined,
  console: Console,
): Promise<CheckReport | undefined> {
  const printer = createStagePrinter(console, hop)
  const unsubscribe = client.subscribe([], ({ name, data }) => {
    if (name === 'check.progressed') printer.show(data.stages)
  })
  stop.addEventListener('abort', () => void client.request('hop.cancelCheck', { checkId }))
  const input: CallInput<'hop.check'> = { checkId, hop: { kind: 'draft', hop } }
  const reply = await client.request('hop.check', target === undefined ? input : { ...input, target })
  unsubscribe()
  printer.end()
  if (reply.ok) {
    printer.show(reply.value.stages)
    return reply.value
  }
  if (stop.aborted) return undefined
  if (reply.code === 'bad-request') throw new UsageError(inTimes(reply.message))
  throw new NexthopError(reply.failure)
}

function tellVerdict(
  report: CheckReport,
  hop: NextHopInput,
  target: string | undefined,
  console: Console,
): ExitCode {
  const { ok, failure, totalMs, speaks } = report
  const time = formatDuration(totalMs)
  const good =
    target === undefined ? `The next hop ${hop.name} works` : `The next hop ${hop.name} reaches ${target}`
  const message = ok ? `${good} (${time}).` : failure ? explainForCli(failure) : 'The check failed.'
  const url = speaks && urlAs(hop, speaks.version)
  console.result(message, {
    event: 'verdict',
    ok,
    totalMs,
    message,
    ...(failure && { failure }),
    ...(speaks && { url, reachesTarget: speaks.reachesTarget }),
  })
  if (speaks && url) console.note(sayOf(speaks, url, target))
  return ok ? 0 : 1
}

/** Without a target, that it answers is all that is known. */
function sayOf({ version, reachesTarget }: Spoken, url: string, target: string | undefined): string {
  if (reachesTarget) return `This one works: ${url}`
  const answers = `It answers as SOCKS${version === '5' ? 5 : 4}`
  return target === undefined
    ? `${answers}: try ${url}`
    : `${answers}, but does not reach ${target} with ${url}`
}

/** Without the password, which only its owner should write anywhere. */
function urlAs(
  { host, port, resolveAt = 'hop', user, tls }: NextHopInput,
  version: Spoken['version'],
): string {
  return formatHopUrl({ host, port, version, resolveAt, user, tls })
}
