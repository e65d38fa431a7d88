import { existsSync } from 'node:fs'
import { notFound } from '../../../shared/errors.ts'
import { parseHost, isLoopback } from '../../../shared/model/host.ts'
import { parsePort } from '../../../shared/model/parse-address.ts'
import { canShowWireshark } from '../../app/captures/wireshark.ts'
import { UsageError, type Command, type CommandContext, type ExitCode, type Given } from '../command.ts'
import { defaultConfigPath } from '../config-path.ts'
import { publishControl, refuseSecondServe } from '../control/publish-control.ts'
import { watchConfig } from '../config-watch.ts'
import { createServedApp } from '../headless-app.ts'
import { logFileOptions, openAskedLogFile } from '../log-file-options.ts'
import { openMetrics } from '../metrics/open-metrics.ts'
import { createStopSignal, holdSignals } from '../stop-signal.ts'
import { tellDraining } from '../tell-draining.ts'
import { tellStatuses } from '../tell-statuses.ts'
import { openWeb, usualWebPort } from '../web/open-web.ts'
import { offerLinks, welcome } from '../welcome.ts'
import { withClosers } from '../with-closers.ts'

export const serve: Command = {
  name: 'serve',
  summary: 'Runs all port rules of a config, with its contract over HTTP for the web UI.',
  operands: [],
  options: {
    config: {
      type: 'string',
      value: 'FILE',
      summary: `the config (${defaultConfigPath({}, 'linux', '~')} on Linux)`,
    },
    port: {
      type: 'string',
      value: 'N',
      summary: `the port of the web server (${usualWebPort}, or any free one where that is taken)`,
    },
    host: { type: 'string', value: 'ADDRESS', summary: 'the address of the web server (127.0.0.1)' },
    metrics: { type: 'string', value: 'N', summary: 'a port on 127.0.0.1 for /metrics and /healthz (off)' },
    ...logFileOptions,
    'allow-host': {
      type: 'string',
      value: 'NAME',
      multiple: true,
      summary: 'a host name under which the web server may be asked, as behind a reverse proxy',
    },
  },
  notes: [
    'With --metrics, http://127.0.0.1:N/metrics has Prometheus text, and /healthz answers 200 while every rule that is on ' +
      'listens, else 503; both without a login, for programs of this machine alone.',
    'On stdout, "listening ADDRESS  RULE" says where a rule listens, and "not listening ADDRESS  RULE: why" which one does not, ' +
      'whenever that changes.',
    'It runs until SIGINT or SIGTERM. SIGHUP reads the config again, as does a change of the file; one with mistakes is ' +
      'reported, and what runs stays.',
    'A config is served by one process at a time: a second one ends at once, with the process id and address of the first.',
    'The link that it prints logs in one browser, once. For a new link, press Enter in its terminal or send it SIGUSR2.',
  ],
  examples: [
    { line: 'nexthop serve', says: 'with the config in its usual place' },
    { line: 'nexthop serve --config /etc/nexthop.json --port 8080', says: 'as a service would' },
  ],
  run: async (given, context) => {
    const { console, env, files } = context
    const path = configPath(given, env)
    const host = webHost(given)
    const port = portOption(given, 'port')
    const metricsPort = portOption(given, 'metrics')
    const allowedNames = given.texts('allow-host').map((name) => name.toLowerCase())
    return withClosers<ExitCode>(async (own) => {
      const stop = createStopSignal()
      own(() => {
        stop.close()
      })
      // They are for a server that runs, and must not end one that does not yet, or not any more.
      own(holdSignals('SIGHUP', 'SIGUSR2'))
      await refuseSecondServe({ configPath: path, env, signal: stop.signal })
      const logFile = openAskedLogFile(given)
      own(() => logFile?.file.close())
      const onBroken = given.text('config') ? 'refuse' : 'set-aside'
      const app = createServedApp(context, path, {
        onBroken,
        signal: stop.signal,
        sinks: logFile ? [logFile.sink] : [],
        // Whoever comes by another address, or through a reverse proxy, may sit elsewhere.
        opensCaptures:
          isLoopback(host) &&
          allowedNames.length === 0 &&
          canShowWireshark({ platform: process.platform, env }),
      })
      own(() => app.close())
      const web = await openWeb({ app, host, port, allowedNames, rendererUrl: files.rendererUrl })
      own(() => web.close())
      if (metricsPort !== undefined) own(await openMetrics(app, metricsPort, console))
      const endStatuses = tellStatuses(app, console)
      const starting = app.start()
      // What it is asked for until then is done after the start.
      own(watchConfig(app, path))
      const loaded = await starting
      own(
        await publishControl({ configPath: path, env, web: web.control, log: app.log, signal: stop.signal }),
      )
      if (stop.signal.aborted) return 0
      own(offerLinks(web, console))
      welcome({ app, path, loaded, host }, context)
      await stop.requested
      // That all rules end now is no news.
      endStatuses()
      void tellDraining(app)
      return 0
    })
  },
}

function configPath(given: Given, env: CommandContext['env']): string {
  const named = given.text('config')
  if (named === undefined) return defaultConfigPath(env)
  if (existsSync(named)) return named
  throw notFound(
    `There is no config ${named}: check its name, or start with a file that holds {"version": 1}`,
  )
}

function webHost(given: Given): string {
  const result = parseHost(given.text('host') ?? '127.0.0.1')
  if (result.ok && (result.host.kind !== 'name' || result.host.text === 'localhost')) return result.host.text
  throw new UsageError('--host must be an IP address of this machine, or localhost')
}

function portOption(given: Given, name: 'port' | 'metrics'): number | undefined {
  const text = given.text(name)
  if (text === undefined) return undefined
  const parsed = parsePort(text, 0)
  if (parsed.ok) return parsed.value
  throw new UsageError(`--${name}: ${parsed.message}`)
}
