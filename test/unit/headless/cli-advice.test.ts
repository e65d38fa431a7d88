import { describe, expect, it } from 'vitest'
import { explainForCli } from '../../../main/headless/cli-advice.ts'
import type { Failure } from '../../../shared/errors.ts'

const hop = { name: 'a:1', address: 'a:1', version: '5' } as const
const httpHop = { ...hop, protocol: 'http', resolveAt: 'hop' } as const

it.each<[Partial<Failure> & Pick<Failure, 'code'>, string]>([
  [
    { code: 'hop-not-socks', looksLike: 'socks4' },
    'it speaks SOCKS4 only. Write socks4:// or socks4a:// in the URL.',
  ],
  [
    { code: 'hop-not-socks', looksLike: 'http' },
    'Write http:// in the URL, or give its SOCKS port, often 1080.',
  ],
  [
    { code: 'hop-not-socks', looksLike: 'socks5', hop: httpHop },
    'it speaks SOCKS5. Write socks5h:// or socks5:// in the URL.',
  ],
  [{ code: 'hop-not-socks', looksLike: 'tls', hop: httpHop }, 'it speaks TLS. Write https:// in the URL, or'],
  [{ code: 'hop-not-socks', looksLike: 'ssh', hop: httpHop }, 'write socks5h://127.0.0.1:1080.'],
  [{ code: 'timeout', stage: 'greet', afterMs: 5 }, 'this port speaks SOCKS, or raise --handshake-timeout.'],
  [
    { code: 'timeout', stage: 'greet', afterMs: 5, hop: httpHop },
    'this port speaks HTTP, or raise --handshake-timeout.',
  ],
  [
    { code: 'timeout', stage: 'authenticate', afterMs: 5 },
    'but not the login within 5 ms. Check the proxy’s own log, or raise --handshake-timeout.',
  ],
  [{ code: 'hop-auth-failed', login: 'missing' }, 'wants a login. Give the user and password: --user NAME'],
  [
    { code: 'hop-auth-failed', login: 'without-password' },
    'no password is given. Give the password: set NEXTHOP_PASSWORD, or --password-file FILE.',
  ],
  [{ code: 'hop-auth-failed', login: 'refused' }, 'Check the user and password.'],
  ...[0x5c, 0x5d].map((code): [Partial<Failure> & Pick<Failure, 'code'>, string] => [
    { code: 'hop-auth-failed', login: 'refused', reply: { version: 4, code } },
    `(SOCKS4 reply ${code.toString(16).toUpperCase()}). Check the user (--user NAME), and that the ident service of this machine`,
  ]),
  [{ code: 'hop-tls-failed', tls: 'not-tls' }, 'TLS there. Leave out +tls in the URL, or give its TLS port.'],
  [
    { code: 'hop-tls-failed', tls: 'not-tls', hop: httpHop },
    'TLS there. Write http:// in the URL, or give its TLS port.',
  ],
  [{ code: 'hop-tls-failed', tls: 'unknown-issuer' }, '--ca-file FILE.'],
  [{ code: 'timeout', stage: 'connect-hop', afterMs: 5 }, 'raise --connect-timeout.'],
  [
    { code: 'hop-unreachable', errno: 'ECONNREFUSED' },
    'Check that the proxy runs, and its address and port.',
  ],
])('%j', (failure, expected) => {
  const text = explainForCli({ hop, stage: 'greet', ...failure })
  expect(text).toContain(expected)
  expect(text).toMatch(/^The (certificate of the )?next hop a:1/)
  expect(text).not.toMatch(/the hop’s|\.\./)
})

describe('keeps TLS, and where names are resolved', () => {
  const at = { ...hop, resolveAt: 'hop' } as const
  const tls = true
  it.each<[Failure['hop'], Failure['looksLike'], string]>([
    [{ ...httpHop, tls }, 'socks5', 'Write socks5h+tls:// or socks5+tls:// in the URL.'],
    [{ ...httpHop, tls }, 'socks4', 'Write socks4a+tls:// or socks4+tls:// in the URL.'],
    [{ ...at, tls }, 'http', 'Write https:// in the URL, or'],
    [{ ...at, tls }, 'socks4', 'Write socks4a+tls:// or socks4+tls:// in the URL.'],
    [{ ...hop, version: '4a', resolveAt: 'hop', tls }, 'socks5', 'Write socks5h+tls:// or socks5+tls://'],
    [{ ...hop, version: '4', tls }, 'socks5', 'Write socks5+tls:// or socks5h+tls:// in the URL.'],
    [at, 'socks4', 'Write socks4a:// or socks4:// in the URL.'],
    [at, 'tls', 'Write socks5h+tls:// in the URL, or https:// for an HTTP proxy;'],
    [hop, 'tls', 'Write socks5+tls:// in the URL, or'],
    [{ ...hop, version: '4a', resolveAt: 'hop' }, 'tls', 'Write socks4a+tls:// in the URL, or'],
    [{ ...hop, version: '4' }, 'tls', 'Write socks4+tls:// in the URL, or'],
  ])('%j that is %s', (asked, looksLike, advice) => {
    expect(explainForCli({ code: 'hop-not-socks', hop: asked, looksLike } as Failure)).toContain(advice)
  })
})

it('names the option that says where a server of the command line listens', () => {
  const target = '127.0.0.1:80'
  expect(explainForCli({ code: 'port-in-use', target }, '--port')).toBe(
    '127.0.0.1:80 is in use by another program. Stop that program, or choose another port: --port N.',
  )
  expect(explainForCli({ code: 'port-forbidden', target }, '--metrics')).toBe(
    'This user may not listen on 127.0.0.1:80. Choose another port, from 1024 up: --metrics N.',
  )
})
