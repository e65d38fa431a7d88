import * as v from 'valibot'
import { hostField, idSchema, integerField, loginField, nameField, portField } from './fields.ts'

// One SOCKS proxy: where it is, which version it speaks, and how patient we are with it.

export const socksVersionSchema = v.picklist(['4', '4a', '5'], 'SOCKS version must be "4", "4a" or "5"')
export type SocksVersion = v.InferOutput<typeof socksVersionSchema>

/**
 * Where the destination's name is resolved: on this machine, or by the hop. The convention of curl's URL schemes:
 * socks4 and socks5 resolve here, socks4a and socks5h at the hop.
 */
export const resolveAtSchema = v.picklist(
  ['here', 'hop'],
  'Resolve names must be "here" or "hop" (at the proxy)',
)
export type ResolveAt = v.InferOutput<typeof resolveAtSchema>

/** A password that is kept outside the config: in an environment variable, or in a file (its first line). */
export const passwordSourceSchema = v.union(
  [
    v.strictObject({
      env: v.pipe(
        v.string('Environment variable must be text'),
        v.regex(
          /^[A-Za-z_][A-Za-z0-9_]*$/,
          'Environment variable must be a name of letters, digits and "_", NEXTHOP_PASSWORD',
        ),
      ),
    }),
    v.strictObject({
      file: v.pipe(
        v.string('Password file must be text'),
        v.minLength(1, 'Password file is empty: give its path'),
      ),
    }),
  ],
  'Password source must be {"env": "NAME"} or {"file": "/path"}',
)
export type PasswordSource = v.InferOutput<typeof passwordSourceSchema>

const seconds = 1000
export const hopDefaults = {
  connectTimeoutMs: 10 * seconds,
  handshakeTimeoutMs: 10 * seconds,
  retries: 1,
  failureWaitMs: 10 * seconds,
} as const

export const hopFields = {
  id: idSchema,
  name: nameField('Name'),
  host: hostField('Host'),
  port: portField('Port'),
  version: socksVersionSchema,
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
}

export const nextHopSchema = v.pipe(
  v.strictObject(hopFields),
  v.transform((hop) => ({ ...hop, resolveAt: hop.resolveAt ?? defaultResolveAt(hop.version) })),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    for (const { field, message } of versionMistakes(dataset.value)) {
      addIssue({
        message,
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
  readonly field: 'password' | 'passwordFrom' | 'resolveAt' | 'user'
  readonly message: string
}

/** What a SOCKS version can't do, as mistakes of the fields that ask for it. */
function versionMistakes(
  hop: Pick<NextHop, 'version' | 'resolveAt' | 'user' | 'password' | 'passwordFrom'>,
): Mistake[] {
  const mistakes: Mistake[] = []
  const hasPassword = hop.password !== undefined || hop.passwordFrom !== undefined
  const passwordField = hop.password === undefined ? 'passwordFrom' : 'password'
  if (hop.version !== '5' && hasPassword) {
    mistakes.push({
      field: passwordField,
      message: `Password can't be used with SOCKS${hop.version}, which has only a user id: remove it, or choose SOCKS5`,
    })
  }
  if (hop.password !== undefined && hop.passwordFrom !== undefined) {
    mistakes.push({ field: 'passwordFrom', message: 'Password is given twice: keep one of the two' })
  }
  if (hop.version === '5' && hasPassword && !hop.user) {
    mistakes.push({ field: 'user', message: 'User is missing: SOCKS5 sends a password only with a user' })
  }
  if (hop.version === '4' && hop.resolveAt === 'hop') {
    mistakes.push({
      field: 'resolveAt',
      message: 'Resolve names can\'t be "hop" with SOCKS4, which carries no names: choose SOCKS4a or SOCKS5',
    })
  }
  if (hop.version === '4a' && hop.resolveAt === 'here') {
    mistakes.push({
      field: 'resolveAt',
      message: 'Resolve names can\'t be "here" with SOCKS4a: that is SOCKS4, choose it instead',
    })
  }
  return mistakes
}
