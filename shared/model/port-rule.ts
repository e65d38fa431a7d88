import * as v from 'valibot'
import { defaultListenHost } from './address.ts'
import {
  booleanField,
  hostField,
  idSchema,
  integerField,
  nameField,
  networkSchema,
  portField,
  utf8Length,
} from './fields.ts'
import { isLoopback } from './host.ts'

// One local listener, the destination of what arrives there, and the route that it takes.

/** The longest path that a unix socket can have on every system (sockaddr_un.sun_path of macOS, less its NUL). */
const maxUnixPath = 103

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
            'Listen address must be an IP address of this machine, or localhost',
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
        v.string('Socket path must be text'),
        v.regex(/^(\/|\\\\[.?]\\pipe\\)/, 'Socket path must be absolute, /run/nexthop.sock'),
        v.check(
          (path) => utf8Length(path) <= maxUnixPath,
          `Socket path is too long: at most ${maxUnixPath} bytes as UTF-8`,
        ),
        v.check((path) => !path.includes('\0'), 'Socket path must not contain a NUL character'),
      ),
    }),
  ],
  'Listen must be {"kind": "tcp", "port": …} or {"kind": "unix", "path": …}',
)

export const destinationSchema = v.variant(
  'kind',
  [
    v.strictObject({
      kind: v.literal('fixed'),
      host: hostField('Destination host'),
      port: portField('Destination port'),
    }),
  ],
  'Destination must be {"kind": "fixed", "host": …, "port": …}',
)

export const routeSchema = v.variant(
  'kind',
  [
    v.strictObject({ kind: v.literal('hop'), hopId: idSchema }),
    v.strictObject({ kind: v.literal('list'), listId: idSchema }),
    v.strictObject({ kind: v.literal('direct') }),
    v.strictObject({ kind: v.literal('block') }),
  ],
  'Route must be of kind "hop", "list", "direct" or "block"',
)

export const onFailureSchema = v.picklist(
  ['explain', 'reset', 'close'],
  'On failure must be "explain", "reset" or "close"',
)
export type OnFailure = v.InferOutput<typeof onFailureSchema>

export const ruleLimits = {
  /** 0: connections may be idle for ever. */
  idleTimeoutMs: v.optional(integerField('Idle time-out', 0, 604_800_000, 'ms'), 0),
  /** 0: as many as the system allows. */
  maxConnections: v.optional(integerField('Connection limit', 0, 1_000_000), 0),
}

export const portRuleSchema = v.pipe(
  v.strictObject({
    id: idSchema,
    name: nameField('Name'),
    enabled: v.optional(booleanField('Enabled'), true),
    listen: listenSchema,
    destination: destinationSchema,
    route: routeSchema,
    ...ruleLimits,
    /** What a client sees whose connection can't be made: the reason in its own protocol, a reset, or an end. */
    onFailure: v.optional(onFailureSchema, 'explain'),
    /** Who may connect. Empty only where nobody but this machine can. */
    allowedClients: v.optional(
      v.pipe(
        v.array(networkSchema, 'Allowed clients must be a list of networks'),
        v.maxLength(1000, 'Allowed clients has too many entries: at most 1000'),
      ),
      [],
    ),
  }),
  v.forward(
    v.partialCheck(
      [['listen'], ['allowedClients']],
      ({ listen, allowedClients }) => !isExposed(listen) || allowedClients.length > 0,
      'Allowed clients is empty, but this listen address is open to other machines: say who may connect, ' +
        'for example 192.168.0.0/16, or 0.0.0.0/0 and ::/0 for everybody',
    ),
    ['allowedClients'],
  ),
)

export type Listen = v.InferOutput<typeof listenSchema>
export type Destination = v.InferOutput<typeof destinationSchema>
export type Route = v.InferOutput<typeof routeSchema>
export type PortRule = v.InferOutput<typeof portRuleSchema>
export type PortRuleInput = v.InferInput<typeof portRuleSchema>

/** True where other machines could reach the listener. */
export function isExposed(listen: Listen): boolean {
  return listen.kind === 'tcp' && !isLoopback(listen.host)
}
