import * as v from 'valibot'
import { passOn, say, saying, type Said } from '../told.ts'
import { defaultListenHost } from './address.ts'
import { conditionsField } from './condition.ts'
import { destinationSchema, type Destination } from './destination.ts'
import { portCount } from './destination-range.ts'
import {
  booleanField,
  choiceField,
  hostField,
  idSchema,
  integerField,
  nameField,
  networkSchema,
  portField,
  utf8Length,
} from './fields.ts'
import { isLoopback } from './host.ts'
import { routeOptions } from './route-options.ts'
import { routeSchema } from './route.ts'

export type { Route } from './route.ts'

// One local listener, the destination of what arrives there, and the route that it takes.

/** The longest path that a unix socket can have on every system (sockaddr_un.sun_path of macOS, less its NUL). */
export const maxUnixPath = 103

export const listenSchema = v.variant(
  'kind',
  [
    v.strictObject({
      kind: v.literal('tcp'),
      host: v.optional(
        v.pipe(
          hostField('Listen address'),
          v.check(
            (host) => host === 'localhost' || /^[\d.]+$/.test(host) || host.includes(':'),
            saying('Listen address must be an IP address of this machine, or localhost'),
          ),
        ),
        defaultListenHost,
      ),
      /** 0 asks the system for a free port at every start. */
      port: portField('Listen port', 0),
    }),
    v.strictObject({
      kind: v.literal('unix'),
      path: v.pipe(
        v.string(saying('{label} must be text', { label: 'Socket path' })),
        v.regex(/^(\/|\\\\[.?]\\pipe\\)/, saying('Socket path must be absolute, /run/nexthop.sock')),
        v.check(
          (path) => utf8Length(path) <= maxUnixPath,
          saying('{label} is too long: at most {most} bytes as UTF-8', {
            label: 'Socket path',
            most: maxUnixPath,
          }),
        ),
        v.check(
          (path) => !path.includes('\0'),
          saying('{label} must not contain a NUL character', { label: 'Socket path' }),
        ),
      ),
    }),
  ],
  saying(
    'Listen must be {"kind": "tcp", "host": "127.0.0.1", "port": 9102} or {"kind": "unix", "path": "/run/nexthop.sock"}',
  ),
)

export const onFailureSchema = choiceField('On failure', ['explain', 'reset', 'close'])
export type OnFailure = v.InferOutput<typeof onFailureSchema>

export const ruleLimits = {
  /** 0: connections may be idle for ever. */
  idleTimeoutMs: v.optional(integerField('Idle time-out', 0, 604_800_000, 'ms'), 0),
  /** 0: as many as the system allows. */
  maxConnections: v.optional(integerField('Connection limit', 0, 1_000_000), 0),
}
export const proxyHeaderSchema = choiceField('Send PROXY header', ['off', 'v1', 'v2'])
export type ProxyHeaderVersion = v.InferOutput<typeof proxyHeaderSchema>

export const portRuleSchema = v.pipe(
  v.strictObject({
    id: idSchema,
    name: nameField('Name'),
    enabled: v.optional(booleanField('Enabled'), true),
    listen: listenSchema,
    destination: destinationSchema,
    /** Asked in this order, after those of all rules; where none holds, the rule's own route is taken. */
    conditions: conditionsField,
    route: routeSchema,
    ...routeOptions,
    ...ruleLimits,
    /** What a client sees whose connection can't be made: the reason in its own protocol, a reset, or an end. */
    onFailure: v.optional(onFailureSchema, 'explain'),
    /** Who may connect. Empty only where nobody but this machine can. */
    allowedClients: v.optional(
      v.pipe(
        v.array(networkSchema, saying('{label} must be a list of networks', { label: 'Allowed clients' })),
        v.maxLength(
          1000,
          saying('{label} has too many entries: at most {most}', { label: 'Allowed clients', most: 1000 }),
        ),
      ),
      [],
    ),
    /** How long a client may take to say where it wants to go, where that is found in what it sends. */
    identifyTimeoutMs: v.optional(integerField('Identify time-out', 100, 60_000, 'ms'), 5000),
    /** Its connections have their stages recorded where only chosen ones have (see trace-settings.ts). */
    trace: v.optional(booleanField('Trace')),
    /** Each connection begins with a PROXY protocol header, which tells the real client; without one it is refused. */
    receiveProxyHeader: v.optional(booleanField('Receive PROXY header'), false),
    /** Each connection to the destination begins with a header that tells the client. */
    sendProxyHeader: v.optional(proxyHeaderSchema, 'off'),
  }),
  v.forward(
    v.partialCheck(
      [['destination'], ['receiveProxyHeader']],
      ({ destination, receiveProxyHeader }) => destination.kind !== 'header' || receiveProxyHeader,
      saying('Receive PROXY header is off, but the destination is to be found in that header: switch it on'),
    ),
    ['receiveProxyHeader'],
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const { listen, destination } = dataset.value
    for (const { field, said } of rangeMistakes(listen, destination)) {
      const input = dataset.value[field]
      addIssue({
        message: passOn(said),
        path: [
          { type: 'object', origin: 'value', input: dataset.value, key: field, value: input },
          { type: 'object', origin: 'value', input, key: 'port', value: undefined },
        ],
      })
    }
  }),
  v.forward(
    v.partialCheck(
      [['listen'], ['allowedClients']],
      ({ listen, allowedClients }) => !isExposed(listen) || allowedClients.length > 0,
      saying(
        'Allowed clients is empty, but this listen address is open to other machines: say who may connect, for example 192.168.0.0/16, or 0.0.0.0/0 and ::/0 for everybody',
      ),
    ),
    ['allowedClients'],
  ),
)

export type Listen = v.InferOutput<typeof listenSchema>
export type PortRule = v.InferOutput<typeof portRuleSchema>
export type PortRuleInput = v.InferInput<typeof portRuleSchema>

/** True where other machines could reach the listener. */
export function isExposed(listen: Listen): boolean {
  return listen.kind === 'tcp' && !isLoopback(listen.host)
}

const highestPort = 65535

/** A range of ports needs room at both ends. */
function rangeMistakes(listen: Listen, destination: Destination) {
  if (destination.kind !== 'range') return []
  const count = portCount(destination)
  const mistakes: { readonly field: 'listen' | 'destination'; readonly said: Said }[] = []
  if (listen.kind !== 'tcp' || listen.port === 0) {
    mistakes.push({
      field: 'listen',
      said: say('Listen port must be given for a range of ports: say the first one'),
    })
  } else if (listen.port + count - 1 > highestPort) {
    mistakes.push({
      field: 'listen',
      said: say('{label} is too high for {count} ports: the last would be over {most}', {
        label: 'Listen port',
        count,
        most: highestPort,
      }),
    })
  }
  if (destination.port + count - 1 > highestPort) {
    mistakes.push({
      field: 'destination',
      said: say('{label} is too high for {count} ports: the last would be over {most}', {
        label: 'First destination port',
        count,
        most: highestPort,
      }),
    })
  }
  return mistakes
}
