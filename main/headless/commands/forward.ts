import { NexthopError } from '../../../shared/errors.ts'
import { logLevelSchema } from '../../../shared/model/settings.ts'
import type { RuleStatus } from '../../../shared/runtime.ts'
import type { Application } from '../../app/application.ts'
import { formatDocument } from '../../app/config-document.ts'
import { memoryConfigFile } from '../../app/config-file.ts'
import { adHocConfig, adHocRuleId } from '../ad-hoc-config.ts'
import { waitAdvice } from '../cli-advice.ts'
import { destinationOptions } from '../ad-hoc-destination.ts'
import { hopOptions, hopUrlNote, passwordNote } from '../ad-hoc-hops.ts'
import { askedDiagnostics, diagnosticOptions } from '../diagnostic-options.ts'
import type { Command, CommandContext, ExitCode } from '../command.ts'
import { createHeadlessApp } from '../headless-app.ts'
import { createStopSignal } from '../stop-signal.ts'
import { tellDraining } from '../tell-draining.ts'
import { listening } from '../tell-statuses.ts'
import { withClosers } from '../with-closers.ts'

export const forward: Command = {
  name: 'forward',
  summary: 'Forwards one local port through SOCKS next hops, without a config file.',
  operands: [
    {
      name: 'LISTEN',
      summary: 'where to listen: 9102, 127.0.0.1:9102, [::1]:9102 or unix:/path; port 0 picks a free one',
    },
    {
      name: 'TARGET',
      optional: true,
      summary:
        'the destination as the next hop shall reach it, host:port; left out where it is found in the traffic',
    },
  ],
  options: {
    via: {
      type: 'string',
      value: 'URL',
      multiple: true,
      summary: 'the next hop; several are tried in this order, the next where one fails',
    },
    chain: {
      type: 'boolean',
      summary:
        'go through every --via in this order, each reached through the one before, instead of one of them',
    },
    direct: { type: 'boolean', summary: 'connect without a next hop' },
    ...destinationOptions,
    ...hopOptions,
    retries: { type: 'string', value: 'N', summary: 'attempts at a hop after the first one that failed (1)' },
    'failure-wait': {
      type: 'string',
      value: 'TIME',
      summary: 'the “after final failure wait”, for which a hop is left alone; 0, not at all (10s)',
    },
    'idle-timeout': {
      type: 'string',
      value: 'TIME',
      summary: 'close connections over which nothing was sent for so long (0, never)',
    },
    'max-connections': { type: 'string', value: 'N', summary: 'connections at the same time (0, no limit)' },
    allow: {
      type: 'string',
      value: 'NETWORK',
      multiple: true,
      summary: 'who may connect, as an address or CIDR; needed where LISTEN is open to other machines',
    },
    drain: {
      type: 'string',
      value: 'TIME',
      summary: 'how long connections may go on after a request to stop (3s)',
    },
    threads: {
      type: 'string',
      value: 'N',
      summary: 'threads that share the work, where the system can do that (automatic: as they are needed)',
    },
    ...diagnosticOptions,
    'log-level': {
      type: 'string',
      value: logLevelSchema.options.join('|'),
      summary: 'how much is logged (info)',
    },
  },
  notes: [
    hopUrlNote,
    passwordNote,
    'As soon as connections are accepted, "listening ADDRESS" is printed on stdout; with --ports, all of them as ' +
      '"listening 127.0.0.1:5000-5009". SIGINT and SIGTERM end it in ' +
      'peace, a second one at once. TIME is 10 or 10s, 500ms, 5min, 2h.',
  ],
  examples: [
    {
      line: 'nexthop forward 9102 db.internal:5432 --via socks5h://10.0.0.5:1080',
      says: 'PostgreSQL behind a SOCKS5 proxy, as 127.0.0.1:9102',
    },
    {
      line: 'NEXTHOP_PASSWORD=… nexthop forward 0 git.example.com:22 --via socks5h://ann@proxy.example.com',
      says: 'with a login, on any free port',
    },
    {
      line: 'nexthop forward 0.0.0.0:8080 intranet:80 --via socks5://a:1080 --via socks5://b:1080 --allow 192.168.0.0/16',
      says: 'for the local network, with a second proxy for when the first fails',
    },
    {
      line: 'nexthop forward 9102 db.internal:5432 --chain --via socks5h://gate:1080 --via socks4a://10.9.0.7:1080',
      says: 'through two proxies, the second one reached through the first',
    },
    {
      line: 'nexthop forward 8080 --socks-and-http --via socks5h://10.0.0.5:1080',
      says: 'one port for browsers: a SOCKS and HTTP proxy on 127.0.0.1:8080',
    },
    {
      line: "nexthop forward 8443 --sni --only-to '*.example.com' --via socks5h://10.0.0.5:1080",
      says: 'web traffic that was led here, to where its TLS or HTTP name says',
    },
    {
      line: 'nexthop forward 9102 db.internal:5432 --via socks5h://10.0.0.5:1080 --trace --capture db.pcapng',
      says: 'to see what each connection went through, and to look at its packets in Wireshark',
    },
  ],
  run: async (given, context) => {
    const file = memoryConfigFile(formatDocument(adHocConfig(given, context.env)))
    const diagnostics = askedDiagnostics(given, context.console)
    return withClosers(async (own) => {
      const stop = createStopSignal(['SIGHUP'])
      own(() => {
        stop.close()
      })
      const app = createHeadlessApp(context, file, 'refuse')
      own(() => {
        diagnostics.end()
      })
      own(() => app.close())
      own(() => diagnostics.settle())
      diagnostics.start(app)
      return forwardUntil(stop.requested, app, context, () => diagnostics.record(app))
    })
  },
}

/**
 * Runs the rule until a stop is requested (0), or it can't listen (1).
 * @param onListening done before the address is told, so that whoever waits for it finds all ready
 */
async function forwardUntil(
  stopRequested: Promise<void>,
  app: Application,
  { console }: CommandContext,
  onListening: () => Promise<void>,
): Promise<ExitCode> {
  let told: string | undefined
  let ready: Promise<void> | undefined
  let isAdvised = false
  const failed = new Promise<ExitCode>((resolve, reject) => {
    const tell = ({ line, data }: ReturnType<typeof listening>) => {
      if (line !== told) console.result(line, data)
      told = line
    }
    const notice = (status: RuleStatus) => {
      if (status.state === 'failed') {
        // Elsewhere the log has told why.
        if (console.isTerminal) reject(new NexthopError(status.failure))
        else resolve(1)
      } else if (status.state === 'listening') {
        const [rule] = app.config.rules
        ready ??= onListening()
        ready.then(() => {
          if (rule) tell(listening(status, rule))
        }, reject)
      }
    }
    app.hub.subscribe([], ({ name, data }) => {
      if (name === 'rule.statusChanged' && data.ruleId === adHocRuleId) notice(data.status)
      const advice = name === 'rule.connectionFailed' && !isAdvised ? waitAdvice(data.failure) : undefined
      if (advice === undefined) return
      isAdvised = true
      app.log.info(advice)
    })
  })
  const stopped = stopRequested.then((): ExitCode => {
    void tellDraining(app)
    return 0
  })
  return Promise.race([failed, app.start().then(() => stopped), stopped])
}
