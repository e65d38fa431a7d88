import { describe, expect, it } from 'vitest'
import {
  readSocks4Request,
  readSocks5Greeting,
  readSocks5Request,
} from '../../../../main/engine/identify/socks-request.ts'
import { expectIncremental, expectRobust } from './readings.ts'

const bytes = (...parts: (number | string)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part))))
const connect = (host: string, port: number) => ({ kind: 'connect', endpoint: { host, port } })

describe('the SOCKS5 greeting', () => {
  it.each([
    [bytes(5, 1, 0), true],
    [bytes(5, 3, 1, 2, 0), true],
    [bytes(5, 1, 2), false],
  ])('%o', (message, takesNoLogin) => {
    expectIncremental(readSocks5Greeting, message, { takesNoLogin })
  })

  it('offers something', () => {
    expect(readSocks5Greeting(bytes(5, 0)).kind).toBe('wrong')
    expect(readSocks5Greeting(bytes(4)).kind).toBe('wrong')
  })
})

describe('the SOCKS5 request', () => {
  it.each([
    ['IPv4', bytes(5, 1, 0, 1, 10, 0, 0, 5, 0x15, 0x38), connect('10.0.0.5', 5432)],
    ['a name', bytes(5, 1, 0, 3, 11, 'Example.com', 1, 0xbb), connect('example.com', 443)],
    ['an address as a name', bytes(5, 1, 0, 3, 8, '10.0.0.5', 0, 80), connect('10.0.0.5', 80)],
    [
      'IPv6',
      Buffer.concat([
        bytes(5, 1, 0, 4),
        Buffer.from('20010db8000000000000000000000001', 'hex'),
        bytes(0, 80),
      ]),
      connect('2001:db8::1', 80),
    ],
    ['BIND', bytes(5, 2, 0, 1, 10, 0, 0, 5, 0, 80), { kind: 'refused', code: 7 }],
    ['UDP', bytes(5, 3, 0, 1, 0, 0, 0, 0, 0, 0), { kind: 'refused', code: 7 }],
    ['Tor’s RESOLVE', bytes(5, 0xf0, 0, 3, 1, 'a', 0, 0), { kind: 'refused', code: 7 }],
    ['a bad name', bytes(5, 1, 0, 3, 3, 'a b', 0, 80), { kind: 'refused', code: 4 }],
    ['an empty name', bytes(5, 1, 0, 3, 0, 0, 80), { kind: 'refused', code: 4 }],
    ['port 0', bytes(5, 1, 0, 3, 1, 'a', 0, 0), { kind: 'refused', code: 4 }],
    ['an unknown address', bytes(5, 1, 0, 9), { kind: 'refused', code: 8 }],
  ])('for %s', (_title, message, value) => {
    expectIncremental(readSocks5Request, message, expect.objectContaining(value))
  })

  it('is decided whatever comes', () => {
    expectRobust(readSocks5Request, [bytes(5, 1, 0, 3, 1, 'a', 0, 80)], 300)
    expectRobust(readSocks5Greeting, [bytes(5, 1, 0)], 300)
  })
})

describe('the SOCKS4 request', () => {
  it.each([
    ['an address', bytes(4, 1, 0, 80, 10, 0, 0, 5, 'me', 0), connect('10.0.0.5', 80)],
    ['an address and no user', bytes(4, 1, 0, 80, 10, 0, 0, 5, 0), connect('10.0.0.5', 80)],
    ['a name (4a)', bytes(4, 1, 0, 80, 0, 0, 0, 1, 'me', 0, 'example.com', 0), connect('example.com', 80)],
    ['BIND', bytes(4, 2, 0, 80, 10, 0, 0, 5, 0), { kind: 'refused', code: 0x5b }],
    ['an empty name', bytes(4, 1, 0, 80, 0, 0, 0, 1, 0, 0), { kind: 'refused', code: 0x5b }],
    ['port 0', bytes(4, 1, 0, 0, 10, 0, 0, 5, 0), { kind: 'refused', code: 0x5b }],
  ])('for %s', (_title, message, value) => {
    expectIncremental(readSocks4Request, message, expect.objectContaining(value))
  })

  it('is decided whatever comes', () => {
    expectRobust(readSocks4Request, [bytes(4, 1, 0, 80, 0, 0, 0, 1, 'me', 0, 'a', 0)], 600)
  })
})
