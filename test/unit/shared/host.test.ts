import { describe, expect, it } from 'vitest'
import { hostKind, isLoopback, isWildcard, parseHost } from '../../../shared/model/host.ts'

const longLabel = 'a'.repeat(63)
const longName = `${`${longLabel}.`.repeat(3)}${'b'.repeat(61)}`

describe('parseHost', () => {
  it.each([
    ['127.0.0.1', 'ipv4', '127.0.0.1'],
    [' 10.0.0.5 ', 'ipv4', '10.0.0.5'],
    ['::1', 'ipv6', '::1'],
    ['[::1]', 'ipv6', '::1'],
    ['2001:DB8:0:0:0:0:0:1', 'ipv6', '2001:db8::1'],
    ['::ffff:1.2.3.4', 'ipv4', '1.2.3.4'],
    ['[::ffff:7f00:1]', 'ipv4', '127.0.0.1'],
    ['db.internal', 'name', 'db.internal'],
    ['DB.Internal', 'name', 'db.internal'],
    ['localhost', 'name', 'localhost'],
    ['example.com.', 'name', 'example.com.'],
    ['under_score.example', 'name', 'under_score.example'],
    ['1a.example', 'name', '1a.example'],
    ['bücher.example', 'name', 'xn--bcher-kva.example'],
    ['日本語。テスト', 'name', 'xn--wgv71a119e.xn--zckzah'],
    ['xn--bcher-kva.example', 'name', 'xn--bcher-kva.example'],
    [longName, 'name', longName],
  ])('takes %j as %s %s', (text, kind, host) => {
    expect(parseHost(text)).toEqual({ ok: true, host: { kind, text: host } })
  })

  it.each([
    ['', 'is empty: give a name or an IP address'],
    ['  ', 'is empty: give a name or an IP address'],
    ['1.2.3', '"1.2.3" is not a complete IPv4 address: four numbers from 0 to 255 are needed'],
    ['256.1.1.1', '"256.1.1.1" is not a complete IPv4 address: four numbers from 0 to 255 are needed'],
    ['1.2.3.4.', '"1.2.3.4." is not a complete IPv4 address: four numbers from 0 to 255 are needed'],
    ['127.1', '"127.1" is not a complete IPv4 address: four numbers from 0 to 255 are needed'],
    ['0x7f000001', '"0x7f000001" is not a complete IPv4 address: four numbers from 0 to 255 are needed'],
    ['010.0.0.1', '"010.0.0.1" is not a complete IPv4 address: four numbers from 0 to 255 are needed'],
    ['１２７.0.0.1', '"１２７.0.0.1" is not a complete IPv4 address: four numbers from 0 to 255 are needed'],
    [
      'db:5432',
      '"db:5432" is not an IPv6 address: give a name or an address alone; the port has its own place',
    ],
    [
      'fe80::g',
      '"fe80::g" is not an IPv6 address: give a name or an address alone; the port has its own place',
    ],
    [
      'http://db',
      '"http://db" is not an IPv6 address: give a name or an address alone; the port has its own place',
    ],
    ['a b', '"a b" is not a host name: " " can\'t be part of one'],
    ['a/b', '"a/b" is not a host name: "/" can\'t be part of one'],
    ['me@db', '"me@db" is not a host name: "@" can\'t be part of one'],
    ['[db]', '"[db]" is not a host name: "[" can\'t be part of one'],
    ['a%41', '"a%41" is not a host name: "%" can\'t be part of one'],
    ['a\0b', 'holds a control character: give a name or an IP address'],
    ['a\x7fb', 'holds a control character: give a name or an IP address'],
    ['.db', '".db" is not a host name: each part needs a letter or digit at both ends'],
    ['a..b', '"a..b" is not a host name: each part needs a letter or digit at both ends'],
    ['-a.b', '"-a.b" is not a host name: each part needs a letter or digit at both ends'],
    ['a-.b', '"a-.b" is not a host name: each part needs a letter or digit at both ends'],
    [`${longLabel}a.b`, 'is too long: a name has at most 253 letters, 63 between dots'],
    [`${longName}x`, 'is too long: a name has at most 253 letters, 63 between dots'],
    ['㈀', '"㈀" is not a host name'],
    ['bü\ud800cher', '"bü\ud800cher" is not a host name'],
  ])('refuses %j', (text, message) => {
    expect(parseHost(text)).toMatchObject({ ok: false, why: { message } })
  })
})

describe('what a host is', () => {
  it.each([
    ['127.0.0.1', 'ipv4', true, false],
    ['127.8.8.8', 'ipv4', true, false],
    ['::1', 'ipv6', true, false],
    ['::ffff:7f00:1', 'ipv6', true, false],
    ['localhost', 'name', true, false],
    ['db.localhost', 'name', true, false],
    ['localhost.example', 'name', false, false],
    ['0.0.0.0', 'ipv4', false, true],
    ['::', 'ipv6', false, true],
    ['10.0.0.1', 'ipv4', false, false],
    ['fe80::1', 'ipv6', false, false],
    ['db.internal', 'name', false, false],
  ] as const)('%s', (host, kind, loopback, wildcard) => {
    expect(hostKind(host)).toBe(kind)
    expect(isLoopback(host)).toBe(loopback)
    expect(isWildcard(host)).toBe(wildcard)
  })
})
