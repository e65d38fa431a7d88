import { describe, expect, it } from 'vitest'
import { errorCodes, stages, toFailure, type Failure } from '../../../shared/errors.ts'
import { explain, explainInFull } from '../../../shared/texts/explain.ts'
import { englishReplies } from '../../../shared/texts/socks-replies-en.ts'
import { describeReply } from '../../../shared/texts/socks-replies.ts'

const hop = { id: 'h', name: 'Office', address: '10.0.0.5:1080', version: '5' } as const
const target = 'db.internal:5432'
const office = 'The next hop "Office" (10.0.0.5:1080)'

describe('explainInFull', () => {
  it.each<[Failure, string]>([
    [
      { code: 'target-unreachable', stage: 'request', target: 'db:5432', errno: 'EMFILE' },
      'There can be no more open files and connections, so Nexthop can not connect to db:5432 (EMFILE). Raise their ' +
        'limit: with "ulimit -n 65536" before it starts, or LimitNOFILE=65536 in its systemd unit.',
    ],
    [
      { code: 'name-not-found', stage: 'resolve', hop, target: 'db:5432', errno: 'EMFILE' },
      'There can be no more open files and connections, so Nexthop can not connect to db:5432 (EMFILE). Raise their ' +
        'limit: with "ulimit -n 65536" before it starts, or LimitNOFILE=65536 in its systemd unit.',
    ],
    [
      { code: 'hop-unreachable', stage: 'connect-hop', hop, errno: 'ECONNREFUSED' },
      `${office} refused the connection: nothing listens there. Check that the proxy runs, and its address and port.`,
    ],
    [
      { code: 'hop-unreachable', stage: 'connect-hop', hop, errno: 'EHOSTUNREACH' },
      'This machine has no path to the next hop "Office" (10.0.0.5:1080) (EHOSTUNREACH). ' +
        'Check the network, the VPN if one is needed, and the hop’s address.',
    ],
    [
      { code: 'hop-unreachable', stage: 'greet', hop, errno: 'ECONNRESET' },
      `${office} broke off the connection during the greeting. ` +
        'Check the proxy’s own log: it may be overloaded, or forbid this client.',
    ],
    [
      { code: 'hop-unreachable', stage: 'secure', hop, errno: 'ECONNRESET' },
      `${office} broke off the connection during the TLS handshake. ` +
        'Check that this port speaks TLS; else the proxy’s own log tells more.',
    ],
    [
      { code: 'hop-unreachable', stage: 'request', hop, errno: 'EOF' },
      `${office} broke off the connection while it was asked for the destination. ` +
        'Check the destination: some proxies, such as ssh -D, end like that where it can’t be reached; ' +
        'else the proxy’s own log tells more.',
    ],
    [
      { code: 'hop-unreachable', stage: 'relay', hop, errno: 'ECONNRESET' },
      `${office} broke off the connection while data was passing. ` +
        'Check that the proxy runs: it may have been stopped or restarted; else its own log tells more.',
    ],
    [
      { code: 'hop-unreachable', stage: 'connect-hop', hop, errno: 'ENOBUFS' },
      `${office} can not be reached (ENOBUFS). Check that the proxy runs, and its address and port.`,
    ],
    [
      { code: 'hop-unreachable', stage: 'connect-hop', hop, errno: 'ECONNREFUSED', waitMs: 8200 },
      `${office} refused the connection: nothing listens there; it is left alone for another 8.2 s, as its “After ` +
        'final failure wait” says. ' +
        'Check that the proxy runs, and its address and port.',
    ],
    [
      { code: 'hop-not-socks', stage: 'greet', hop, looksLike: 'http' },
      `${office} does not speak SOCKS5 there: it answers like an HTTP proxy or web server. ` +
        'Choose HTTP as the hop’s protocol, or use its SOCKS port, often 1080.',
    ],
    [
      { code: 'hop-not-socks', stage: 'greet', hop, looksLike: 'tls' },
      `${office} does not speak SOCKS5 there: it speaks TLS. ` +
        'Switch on TLS for this hop, or use its plain SOCKS port.',
    ],
    [
      { code: 'hop-not-socks', stage: 'greet', hop, looksLike: 'silence' },
      `${office} does not speak SOCKS5 there: it closed the connection without an answer. ` +
        'Check the port, the SOCKS version, and whether the proxy allows this client.',
    ],
    [
      { code: 'hop-auth-failed', stage: 'greet', hop, login: 'missing' },
      `${office} wants a login. Give the hop a user and password.`,
    ],
    [
      { code: 'hop-auth-failed', stage: 'authenticate', hop, login: 'refused' },
      `${office} refused the user or password. Check the hop’s user and password.`,
    ],
    [
      { code: 'hop-auth-failed', stage: 'authenticate', hop, login: 'without-password' },
      `${office} refused the user, for whom no password is given. Give the hop its password.`,
    ],
    [
      { code: 'hop-auth-failed', stage: 'request', hop, login: 'refused', reply: { version: 4, code: 0x5d } },
      `${office} refused the user id: the ident service reports a different user id (SOCKS4 reply 5D). ` +
        'Check the hop’s user, and that the ident service of this machine tells the proxy the same one.',
    ],
    [
      { code: 'hop-refused', stage: 'request', hop, target, reply: { version: 5, code: 2 } },
      `${office} would not connect to db.internal:5432: its rules forbid this destination (SOCKS5 reply 02). ` +
        'Ask the proxy’s administrator to allow it.',
    ],
    [
      { code: 'hop-refused', stage: 'request', hop, target, reply: { version: 5, code: 7 } },
      `${office} would not connect to db.internal:5432: it does not support this command (SOCKS5 reply 07). ` +
        'Use another proxy: this one does not forward TCP.',
    ],
    [
      { code: 'hop-refused', stage: 'request', hop, target, reply: { version: 5, code: 8 } },
      `${office} would not connect to db.internal:5432: it does not take this kind of address (SOCKS5 reply 08). ` +
        'Give the destination by name or as IPv4 address.',
    ],
    [
      { code: 'hop-refused', stage: 'request', hop, target, reply: { version: 4, code: 0x5b } },
      `${office} would not connect to db.internal:5432: the request was rejected or failed (SOCKS4 reply 5B). ` +
        'Check the destination, and that the proxy’s rules allow it.',
    ],
    [
      { code: 'target-unreachable', stage: 'request', hop, target, reply: { version: 5, code: 4 } },
      `${office} could not reach db.internal:5432: it can not reach the host, or not resolve its name ` +
        '(SOCKS5 reply 04). Check the destination’s name and address, and that a path leads there.',
    ],
    [
      { code: 'target-unreachable', stage: 'request', target, errno: 'ENETUNREACH' },
      'db.internal:5432 can not be reached from this machine (ENETUNREACH). ' +
        'Check the destination’s name and address, and that a path leads there.',
    ],
    [
      { code: 'target-refused', stage: 'request', hop, target, reply: { version: 5, code: 5 } },
      'db.internal:5432 refused the connection from the next hop "Office" (10.0.0.5:1080) (SOCKS5 reply 05). ' +
        'Check that the service runs there and that the port is right.',
    ],
    [
      { code: 'target-refused', stage: 'request', target, errno: 'ECONNREFUSED' },
      'db.internal:5432 refused the connection. Check that the service runs there and that the port is right.',
    ],
    [
      { code: 'timeout', stage: 'connect-hop', hop, afterMs: 10_000 },
      `${office} did not answer within 10 s. Check its address, and whether a firewall drops the packets; ` +
        'or raise the connect time-out.',
    ],
    [
      { code: 'timeout', stage: 'greet', hop, afterMs: 10_000 },
      `${office} accepted the connection, but sent no SOCKS answer within 10 s. ` +
        'Check that this port speaks SOCKS, or raise the handshake time-out.',
    ],
    [
      { code: 'timeout', stage: 'request', hop, target, afterMs: 1500 },
      `${office} did not reach db.internal:5432 within 1.5 s. ` +
        'Check the destination, or raise the handshake time-out.',
    ],
    [
      { code: 'timeout', stage: 'request', target, afterMs: 10_000 },
      'db.internal:5432 did not answer within 10 s. Check the destination, and whether a firewall drops the packets.',
    ],
    [
      { code: 'timeout', stage: 'relay', afterMs: 300_000 },
      'Nothing was sent either way within 5 min. Raise the idle time-out if such pauses are normal.',
    ],
    [
      { code: 'timeout', stage: 'close', afterMs: 3000 },
      'The connection did not end within 3 s after a stop was asked for.',
    ],
    [
      { code: 'name-not-found', stage: 'connect-hop', hop },
      'The name of the next hop "Office" (10.0.0.5:1080) is not known. ' +
        'Check its spelling, and this machine’s DNS.',
    ],
    [
      { code: 'name-not-found', stage: 'resolve', hop, target },
      'The name of db.internal:5432 is not known on this machine. ' +
        'Check its spelling, or let the next hop resolve it (socks5h:// or socks4a://).',
    ],
    [
      { code: 'name-not-found', stage: 'request', target },
      'The name of db.internal:5432 is not known on this machine. Check its spelling, and this machine’s DNS.',
    ],
    [
      { code: 'loop', target: '127.0.0.1:1080' },
      '127.0.0.1:1080 leads back to Nexthop itself. Give the address of the proxy or service itself.',
    ],
    [{ code: 'bad-request', message: 'Port is missing' }, 'Port is missing.'],
    [{ code: 'not-found', message: 'There is no such rule.' }, 'There is no such rule.'],
  ])('%j', (failure, text) => {
    expect(explainInFull(failure)).toBe(text)
  })

  it.each(['en', 'de'] as const)(
    'has words for every code at every stage, with and without a hop (%s)',
    (language) => {
      for (const code of errorCodes) {
        for (const stage of [undefined, ...stages]) {
          for (const particulars of [{}, { hop, target }, { target, errno: 'EIO' }, { hop, afterMs: 5 }]) {
            const failure: Failure = { code, ...(stage && { stage }), ...particulars }
            const { what, advice } = explain(failure, language)
            expect(what).toMatch(/\S{2}/)
            expect(`${what} ${advice}`).not.toMatch(/undefined|null|NaN|\[object|\s{2}|\.$/)
            expect(explainInFull(failure, language)).toMatch(/[.!?]$/)
          }
        }
      }
    },
  )
})

describe('a condition that blocks', () => {
  const said = (condition: NonNullable<Failure['condition']>, language: 'en' | 'de') =>
    explain({ code: 'blocked', stage: 'route', target, condition }, language).what

  it.each([
    [
      { number: 2, rule: 'Web' },
      'condition 2 of the rule “Web” blocks db.internal:5432',
      'Bedingung 2 der Regel „Web“ sperrt db.internal:5432',
    ],
    [
      { number: 2, name: 'Night', rule: 'Web' },
      'the condition “Night” of the rule “Web” blocks db.internal:5432',
      'die Bedingung „Night“ der Regel „Web“ sperrt db.internal:5432',
    ],
    [
      { number: 1 },
      'condition 1 of all rules blocks db.internal:5432',
      'Bedingung 1 aller Regeln sperrt db.internal:5432',
    ],
  ])('is named by what it is: %j', (condition, english, german) => {
    expect(said(condition, 'en')).toBe(english)
    expect(said(condition, 'de')).toBe(german)
  })
})

describe('describeReply', () => {
  it.each([
    [5, 0x01, 'it failed, without giving a reason (SOCKS5 reply 01)'],
    [5, 0x03, 'it has no route to that network (SOCKS5 reply 03)'],
    [5, 0x06, 'the connection timed out on the way (TTL expired) (SOCKS5 reply 06)'],
    [5, 0x09, 'it failed for a reason that no standard names (SOCKS5 reply 09)'],
    [5, 0xf0, 'the onion service was not found (descriptor not found) (SOCKS5 reply F0)'],
    [5, 0xf7, 'the introduction to the onion service timed out (SOCKS5 reply F7)'],
    [5, 0xff, 'it failed for a reason that no standard names (SOCKS5 reply FF)'],
    [4, 0x5b, 'the request was rejected or failed (SOCKS4 reply 5B)'],
    [4, 0x5c, 'it can not reach the ident service on this machine (SOCKS4 reply 5C)'],
    [4, 0x00, 'it failed for a reason that no standard names (SOCKS4 reply 00)'],
  ] as const)('SOCKS%d %d', (version, code, words) => {
    expect(describeReply({ version, code }, englishReplies)).toBe(words)
  })

  it('says something different for every reply that has a meaning', () => {
    const codes = [1, 2, 3, 4, 5, 6, 7, 8, 0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7]
    const words = codes.map((code) =>
      describeReply({ version: 5, code }, englishReplies).replace(/\(SOCKS5.*/, ''),
    )
    expect(new Set(words).size).toBe(codes.length)
  })
})

describe('toFailure', () => {
  it('keeps what was foreseen and calls the rest internal', () => {
    expect(toFailure(new Error('boom'))).toEqual({ code: 'internal', message: 'boom' })
    expect(toFailure('boom')).toEqual({ code: 'internal', message: 'boom' })
  })
})

it('speaks of no rule where the traffic does not say where it wants to go: "forward" has none', () => {
  const reasons = ['malformed', 'nameless', 'not-proxy', 'wants-login', 'refused', 'no-header'] as const
  const failures: Failure[] = [
    ...reasons.map((unidentified): Failure => ({ code: 'bad-request', stage: 'identify', unidentified })),
    { code: 'bad-request', stage: 'identify', unidentified: 'header-without-address' },
    { code: 'timeout', stage: 'identify' },
    { code: 'timeout', stage: 'relay' },
    { code: 'blocked', stage: 'identify', target: 'a:1' },
  ]
  for (const failure of failures) {
    expect(explainInFull(failure)).not.toMatch(/\brule/)
    expect(explainInFull(failure, 'de')).not.toMatch(/\bRegel/)
  }
})
