import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { formatIssue, toIssues } from '../../../shared/model/issues.ts'
import { defaultResolveAt, nextHopSchema } from '../../../shared/model/next-hop.ts'

const hop = { id: 'h', name: 'Hop', host: 'hop.example', port: 1080, version: '5' }

function mistakes(fields: Record<string, unknown>): string[] {
  const result = v.safeParse(nextHopSchema, { ...hop, ...fields })
  return toIssues(result.issues ?? []).map(formatIssue)
}

describe('next hop', () => {
  it('has defaults for all but what names it', () => {
    expect(v.parse(nextHopSchema, hop)).toEqual({
      ...hop,
      protocol: 'socks',
      resolveAt: 'hop',
      connectTimeoutMs: 10_000,
      handshakeTimeoutMs: 10_000,
      retries: 1,
      failureWaitMs: 10_000,
      maxFailureWaitMs: 60_000,
      failureThreshold: 1,
      maintenance: false,
      maxConnections: 0,
    })
  })

  it.each([
    ['4', 'here'],
    ['4a', 'hop'],
    ['5', 'hop'],
  ] as const)('resolves names for SOCKS%s at "%s" unless told', (version, resolveAt) => {
    expect(defaultResolveAt(version)).toBe(resolveAt)
    expect(v.parse(nextHopSchema, { ...hop, version }).resolveAt).toBe(resolveAt)
  })

  it.each([
    { version: '4', user: 'me' },
    { version: '4a', user: 'me', resolveAt: 'hop' },
    { resolveAt: 'here' },
    { user: 'me' },
    { user: 'me', password: '' },
    { user: 'me', passwordFrom: { env: 'NEXTHOP_PASSWORD' } },
    { user: 'me', passwordFrom: { file: '/run/secrets/hop' } },
    { connectTimeoutMs: 100, handshakeTimeoutMs: 300_000, retries: 10, failureWaitMs: 3_600_000 },
    { retries: 0, failureWaitMs: 0 },
    { protocol: 'http', version: undefined, user: 'me', password: 'x' },
    { tls: {} },
    { tls: { verify: false, serverName: 'proxy.example' } },
    { healthCheck: {} },
    { healthCheck: { kind: 'handshake', intervalMs: 500, rise: 1, fall: 100 } },
    { healthCheck: { kind: 'target', target: { host: 'db.internal', port: 5432 } } },
    { maintenance: true, maxConnections: 5, failureThreshold: 3, maxFailureWaitMs: 0 },
  ])('takes %j', (fields) => {
    expect(mistakes(fields)).toEqual([])
  })

  it.each([
    [{ version: 5 }, 'version: SOCKS version must be "4", "4a" or "5"'],
    [{ version: '4b' }, 'version: SOCKS version must be "4", "4a" or "5"'],
    [{ port: 0 }, 'port: Port must be a whole number from 1 to 65535'],
    [
      { healthCheck: { kind: 'ping' } },
      'healthCheck.kind: Health check must be "off", "tcp", "handshake" or "target"',
    ],
    [
      { healthCheck: { kind: 'target' } },
      'healthCheck.target: Health check target is missing: say which host and port the hop is asked for',
    ],
    [
      { healthCheck: { intervalMs: 499 } },
      'healthCheck.intervalMs: Health check interval must be a whole number from 500 to 3600000 ms',
    ],
    [{ healthCheck: { rise: 0 } }, 'healthCheck.rise: Checks until up must be a whole number from 1 to 100'],
    [
      { healthCheck: { fall: 101 } },
      'healthCheck.fall: Checks until down must be a whole number from 1 to 100',
    ],
    [
      { version: '4', healthCheck: { kind: 'target', target: { host: '::1', port: 80 } } },
      'healthCheck: Health check target is an IPv6 address, which SOCKS4 has not: give a name or an IPv4 address',
    ],
    [{ host: '' }, 'host: Host is empty: give a name or an IP address'],
    [{ resolveAt: 'there' }, 'resolveAt: Resolve names must be "here" or "hop" (at the proxy)'],
    [
      { version: '4', resolveAt: 'hop' },
      'resolveAt: Resolve names can\'t be "hop" with SOCKS4, which carries no names: choose SOCKS4a or SOCKS5',
    ],
    [
      { version: '4a', resolveAt: 'here' },
      'resolveAt: Resolve names can\'t be "here" with SOCKS4a: that is SOCKS4, choose it instead',
    ],
    [
      { version: '4', user: 'me', password: 'x' },
      "password: Password can't be used with SOCKS4, which has only a user id: remove it, or choose SOCKS5",
    ],
    [
      { version: '4a', passwordFrom: { env: 'X' } },
      "passwordFrom: Password can't be used with SOCKS4a, which has only a user id: remove it, or choose SOCKS5",
    ],
    [{ password: 'x' }, 'user: User is missing: SOCKS5 sends a password only with a user'],
    [{ user: '', password: 'x' }, 'user: User is missing: SOCKS5 sends a password only with a user'],
    [
      { user: 'me', password: 'x', passwordFrom: { env: 'X' } },
      'passwordFrom: Password is given twice: keep one of the two',
    ],
    [
      { user: 'me', passwordFrom: { env: 'NOT A NAME' } },
      'passwordFrom.env: Environment variable must be a name of letters, digits and "_", NEXTHOP_PASSWORD',
    ],
    [{ user: 'me', passwordFrom: { file: '' } }, 'passwordFrom.file: Password file is empty: give its path'],
    [
      { user: 'me', passwordFrom: {} },
      'passwordFrom: Password source must be {"env": "NAME"} or {"file": "/path"}',
    ],
    [{ user: 'x'.repeat(256) }, 'user: User is too long: at most 255 bytes as UTF-8'],
    [
      { connectTimeoutMs: 99 },
      'connectTimeoutMs: Connect time-out must be a whole number from 100 to 300000 ms',
    ],
    [
      { handshakeTimeoutMs: 300_001 },
      'handshakeTimeoutMs: Handshake time-out must be a whole number from 100 to 300000 ms',
    ],
    [{ retries: 11 }, 'retries: Retries must be a whole number from 0 to 10'],
    [
      { failureWaitMs: 3_600_001 },
      'failureWaitMs: After final failure wait must be a whole number from 0 to 3600000 ms',
    ],
    [{ adress: 'x' }, 'adress: "adress" is not a field here: check its spelling, or remove it'],
  ])('refuses %j', (fields, message) => {
    expect(mistakes(fields)).toEqual([message])
  })
})
