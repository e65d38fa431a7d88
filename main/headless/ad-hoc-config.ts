import { parseListen } from '../../shared/model/parse-address.ts'
import { configVersion, parseConfig, type Config } from '../../shared/model/config.ts'
import type { Issue } from '../../shared/model/issues.ts'
import type { Listen, Route } from '../../shared/model/port-rule.ts'
import { adHocDestination } from './ad-hoc-destination.ts'
import { dropUndefined, hopsFromUrls } from './ad-hoc-hops.ts'
import { UsageError, type CommandContext, type Given } from './command.ts'
import { durationOption, inTimes, numberOption } from './duration.ts'

/** The id of the one rule of an ad hoc config. */
export const adHocRuleId = 'forward'

/** The config that `nexthop forward` stands for. Throws `UsageError` for what can't be. */
export function adHocConfig(given: Given, env: CommandContext['env']): Config {
  const [listenText = ''] = given.operands
  const destination = adHocDestination(given)
  const urls = given.texts('via')
  if (given.flag('direct') === urls.length > 0) {
    throw new UsageError(
      urls.length === 0
        ? '--via URL is missing: say through which next hop, or --direct for none'
        : '--via and --direct exclude each other: keep one',
    )
  }
  const isChain = given.flag('chain')
  if (isChain && urls.length < 2) {
    throw new UsageError('--chain needs at least two next hops: give --via URL once more')
  }
  const hops = hopsFromUrls(urls, given, env)
  const isList = hops.length > 1 && !isChain
  const result = parseConfig({
    version: configVersion,
    hops,
    lists: isList ? [{ id: 'hops', name: 'hops', hopIds: hops.map(({ id }) => id) }] : [],
    rules: [
      dropUndefined({
        id: adHocRuleId,
        name: 'forward',
        listen: listen(listenText),
        destination,
        route: isChain ? { kind: 'chain', hopIds: hops.map(({ id }) => id) } : route(hops),
        idleTimeoutMs: durationOption(given, 'idle-timeout'),
        maxConnections: numberOption(given, 'max-connections'),
        identifyTimeoutMs: durationOption(given, 'identify-timeout'),
        receiveProxyHeader: given.flag('receive-header') || given.flag('from-header'),
        sendProxyHeader: given.text('send-header'),
        allowedClients: given.texts('allow').length > 0 ? given.texts('allow') : undefined,
      }),
    ],
    settings: dropUndefined({
      drainMs: durationOption(given, 'drain'),
      logLevel: given.text('log-level'),
      threads: threads(given),
      closedConnectionsKept: given.flag('trace') ? 1000 : 0,
    }),
  })
  if (result.ok) return result.config
  // Those of several hops are the same.
  throw new UsageError([...new Set(result.issues.map(describe))].join('; '))
}

function threads(given: Given): number | 'automatic' | undefined {
  const text = given.text('threads')
  return text === 'automatic' ? text : numberOption(given, 'threads')
}

function listen(text: string): Listen {
  const parsed = parseListen(text)
  if (parsed.ok) return parsed.value
  throw new UsageError(`LISTEN: ${parsed.message}`)
}

function route(hops: readonly { readonly id: string }[]): Route {
  const [first, second] = hops
  if (!first) return { kind: 'direct' }
  return second ? { kind: 'list', listId: 'hops' } : { kind: 'hop', hopId: first.id }
}

const options: Readonly<Record<string, string>> = {
  connectTimeoutMs: 'connect-timeout',
  handshakeTimeoutMs: 'handshake-timeout',
  retries: 'retries',
  failureWaitMs: 'failure-wait',
  serverName: 'server-name',
  ca: 'ca-file',
  idleTimeoutMs: 'idle-timeout',
  maxConnections: 'max-connections',
  identifyTimeoutMs: 'identify-timeout',
  sendProxyHeader: 'send-header',
  drainMs: 'drain',
  logLevel: 'log-level',
  threads: 'threads',
}

/** The model speaks of fields; here they are options. */
function describe({ path, message }: Issue): string {
  const field = path.at(-1)
  if (field !== 'allowedClients') {
    const option = typeof field === 'string' ? options[field] : undefined
    return option === undefined ? inTimes(message) : `--${option}: ${inTimes(message)}`
  }
  return (
    'LISTEN is open to other machines: say who may connect with --allow NETWORK, for example --allow 192.168.0.0/16, ' +
    'or --allow 0.0.0.0/0 and --allow ::/0 for everybody'
  )
}
