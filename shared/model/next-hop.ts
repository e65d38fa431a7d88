import * as v from 'valibot'
import { passOn, say, saying, type Said } from '../told.ts'
import {
  booleanField,
  choiceField,
  hostField,
  idSchema,
  integerField,
  loginField,
  nameField,
  portField,
} from './fields.ts'
import { healthCheckSchema } from './health-check.ts'
import { hopTlsSchema } from './hop-tls.ts'
import { hostKind } from './host.ts'

// One proxy: where it is, what it speaks, and how patient we are with it.

/** What the hop is asked in: SOCKS, or HTTP's CONNECT. */
export const hopProtocolSchema = choiceField('Protocol', ['socks', 'http'])
export type HopProtocol = v.InferOutput<typeof hopProtocolSchema>

export const socksVersionSchema = choiceField('SOCKS version', ['4', '4a', '5'])
export type SocksVersion = v.InferOutput<typeof socksVersionSchema>

/**
 * Where the destination's name is resolved: on this machine, or by the hop. The convention of curl's URL schemes:
 * socks4 and socks5 resolve here, socks4a and socks5h at the hop.
 */
export const resolveAtSchema = v.picklist(
  ['here', 'hop'],
  saying('Resolve names must be "here" or "hop" (at the proxy)'),
)
export type ResolveAt = v.InferOutput<typeof resolveAtSchema>

/** A password that is kept outside the config: in an environment variable, or in a file (its first line). */
export const passwordSourceSchema = v.union(
  [
    v.strictObject({
      env: v.pipe(
        v.string(saying('{label} must be text', { label: 'Environment variable' })),
        v.regex(
          /^[A-Za-z_][A-Za-z0-9_]*$/,
          saying('Environment variable must be a name of letters, digits and "_", NEXTHOP_PASSWORD'),
        ),
      ),
    }),
    v.strictObject({
      file: v.pipe(
        v.string(saying('{label} must be text', { label: 'Password file' })),
        v.minLength(1, saying('Password file is empty: give its path')),
      ),
    }),
  ],
  saying('Password source must be {"env": "NAME"} or {"file": "/path"}'),
)
export type PasswordSource = v.InferOutput<typeof passwordSourceSchema>

const seconds = 1000
export const hopDefaults = {
  connectTimeoutMs: 10 * seconds,
  handshakeTimeoutMs: 10 * seconds,
  retries: 1,
  failureWaitMs: 10 * seconds,
  maxFailureWaitMs: 60 * seconds,
  failureThreshold: 1,
} as const

export const hopFields = {
  id: idSchema,
  name: nameField('Name'),
  host: hostField('Host'),
  port: portField('Port'),
  protocol: v.optional(hopProtocolSchema, 'socks'),
  /** Of SOCKS; says nothing for HTTP. */
  version: v.optional(socksVersionSchema),
  /** Absent: the connection to the hop is not secured. */
  tls: v.optional(hopTlsSchema),
  resolveAt: v.optional(resolveAtSchema),
  user: v.optional(loginField('User')),
  password: v.optional(loginField('Password')),
  passwordFrom: v.optional(passwordSourceSchema),
  /** For the TCP connection to the hop. */
  connectTimeoutMs: v.optional(
    integerField('Connect time-out', 100, 300_000, 'ms'),
    hopDefaults.connectTimeoutMs,
  ),
  /** For the SOCKS handshake, which includes the hop's own connection to the destination. */
  handshakeTimeoutMs: v.optional(
    integerField('Handshake time-out', 100, 300_000, 'ms'),
    hopDefaults.handshakeTimeoutMs,
  ),
  /** Attempts after the first one that failed. */
  retries: v.optional(integerField('Retries', 0, 10), hopDefaults.retries),
  /** "After final failure wait": how long a hop is left alone once its retries are used up. */
  failureWaitMs: v.optional(
    integerField('After final failure wait', 0, 3_600_000, 'ms'),
    hopDefaults.failureWaitMs,
  ),
  /** Each failure in a row doubles the wait, up to this; a shorter one than the wait itself changes nothing. */
  maxFailureWaitMs: v.optional(
    integerField('Longest failure wait', 0, 86_400_000, 'ms'),
    hopDefaults.maxFailureWaitMs,
  ),
  /** Connections in a row that must fail at the hop before it counts as down. */
  failureThreshold: v.optional(integerField('Failures until down', 1, 100), hopDefaults.failureThreshold),
  /** Switched on, the hop is left alone, as if it were not in its lists. */
  maintenance: v.optional(booleanField('Maintenance'), false),
  /** 0: as many as come. A hop that has its limit is passed over. */
  maxConnections: v.optional(integerField('Connection limit', 0, 1_000_000), 0),
  /** Absent: only connections tell how the hop is. */
  healthCheck: v.optional(healthCheckSchema),
}

export const nextHopSchema = v.pipe(
  v.strictObject(hopFields),
  v.forward(
    v.partialCheck(
      [['protocol'], ['version']],
      ({ protocol, version }) => protocol === 'http' || version !== undefined,
      saying('"{key}" is missing', { key: 'version' }),
    ),
    ['version'],
  ),
  v.transform((hop) => {
    // What HTTP can do is what SOCKS5 can: names, IPv6, passwords.
    const version = hop.version ?? '5'
    return { ...hop, version, resolveAt: hop.resolveAt ?? defaultResolveAt(version) }
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    for (const { field, said } of versionMistakes(dataset.value)) {
      addIssue({
        message: passOn(said),
        path: [
          { type: 'object', origin: 'value', input: dataset.value, key: field, value: dataset.value[field] },
        ],
      })
    }
  }),
)
export type NextHop = v.InferOutput<typeof nextHopSchema>
export type NextHopInput = v.InferInput<typeof nextHopSchema>

export function defaultResolveAt(version: SocksVersion): ResolveAt {
  return version === '4' ? 'here' : 'hop'
}

interface Mistake {
  readonly field: 'healthCheck' | 'password' | 'passwordFrom' | 'resolveAt' | 'user' | 'version'
  readonly said: Said
}

/** What a SOCKS version can't do, as mistakes of the fields that ask for it. */
function versionMistakes(
  hop: Pick<
    NextHop,
    'protocol' | 'version' | 'resolveAt' | 'user' | 'password' | 'passwordFrom' | 'healthCheck'
  >,
): Mistake[] {
  const mistakes: Mistake[] = []
  const hasPassword = hop.password !== undefined || hop.passwordFrom !== undefined
  const passwordField = hop.password === undefined ? 'passwordFrom' : 'password'
  if (hop.version !== '5' && hasPassword) {
    mistakes.push({
      field: passwordField,
      said: say(
        "Password can't be used with SOCKS{version}, which has only a user id: remove it, or choose SOCKS5",
        { version: hop.version },
      ),
    })
  }
  if (hop.password !== undefined && hop.passwordFrom !== undefined) {
    mistakes.push({ field: 'passwordFrom', said: say('Password is given twice: keep one of the two') })
  }
  if (hop.protocol === 'http' && hop.version !== '5') {
    mistakes.push({
      field: 'version',
      said: say('SOCKS version says nothing of an HTTP proxy: leave it out'),
    })
  }
  if (hop.protocol === 'http' && hop.user?.includes(':')) {
    mistakes.push({ field: 'user', said: say('User must not contain ":" at an HTTP proxy (RFC 7617)') })
  }
  if (hop.version === '5' && hasPassword && !hop.user) {
    mistakes.push({ field: 'user', said: say('User is missing: SOCKS5 sends a password only with a user') })
  }
  if (hop.version === '4' && hop.resolveAt === 'hop') {
    mistakes.push({
      field: 'resolveAt',
      said: say(
        'Resolve names can\'t be "hop" with SOCKS4, which carries no names: choose SOCKS4a or SOCKS5',
      ),
    })
  }
  if (hop.version === '4a' && hop.resolveAt === 'here') {
    mistakes.push({
      field: 'resolveAt',
      said: say('Resolve names can\'t be "here" with SOCKS4a: that is SOCKS4, choose it instead'),
    })
  }
  const target = hop.healthCheck?.target
  if (hop.version !== '5' && target && hostKind(target.host) === 'ipv6') {
    mistakes.push({
      field: 'healthCheck',
      said: say(
        'Health check target is an IPv6 address, which SOCKS{version} has not: give a name or an IPv4 address',
        { version: hop.version },
      ),
    })
  }
  return mistakes
}
