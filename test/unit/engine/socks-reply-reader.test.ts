import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recognise } from '../../../main/engine/dial/recognise.ts'
import { SocksReplyReader, type ReplyProgress } from '../../../main/engine/dial/socks-reply-reader.ts'
import type { SocksVersion } from '../../../shared/model/next-hop.ts'

const bytes = (...values: number[]) => Buffer.from(values)
const granted5 = bytes(5, 0, 0, 1, 127, 0, 0, 1, 0, 80)

/** Feeds chunks to a reader; the kinds of progress in order, and the last one whole. */
function readAll(version: SocksVersion, hasLogin: boolean, chunks: readonly Buffer[]) {
  const reader = new SocksReplyReader({ version, ...(hasLogin && { user: 'ann', password: 'secret' }) })
  const kinds: string[] = []
  let last: ReplyProgress = { kind: 'waiting' }
  const rests: Buffer[] = []
  for (const chunk of chunks) {
    if (last.kind === 'granted') {
      rests.push(chunk)
      continue
    }
    if (last.kind === 'failed') continue
    last = reader.read(chunk)
    while (last.kind === 'frame') {
      kinds.push(`frame:${last.next}`)
      last = reader.read()
    }
    if (last.kind === 'granted') rests.push(last.rest)
  }
  return { kinds, last, rest: Buffer.concat(rests), reader }
}

describe('a SOCKS5 handshake', () => {
  it('goes from the method to the request, and keeps what comes after', () => {
    const { kinds, last, rest } = readAll('5', false, [
      Buffer.concat([bytes(5, 0), granted5, Buffer.from('220 hello')]),
    ])
    expect(kinds).toEqual(['frame:request'])
    expect(last.kind).toBe('granted')
    expect(rest.toString()).toBe('220 hello')
  })

  it('goes through the login where the server chose it', () => {
    const { kinds, last } = readAll('5', true, [bytes(5, 2), bytes(1, 0), granted5])
    expect(kinds).toEqual(['frame:authenticate', 'frame:request'])
    expect(last.kind).toBe('granted')
  })

  it.each([
    ['IPv4', bytes(5, 0, 0, 1, 1, 2, 3, 4, 0, 80)],
    ['IPv6', Buffer.concat([bytes(5, 0, 0, 4), Buffer.alloc(16), bytes(0, 80)])],
    ['name', Buffer.concat([bytes(5, 0, 0, 3, 255), Buffer.alloc(255, 'a'), bytes(0, 80)])],
    ['empty name', bytes(5, 0, 0, 3, 0, 0, 80)],
  ])('reads a bound address of the kind %s however it is cut', (_kind, reply) => {
    const whole = Buffer.concat([bytes(5, 0), reply, Buffer.from('early data')])
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 }), (sizes) => {
        const chunks: Buffer[] = []
        let offset = 0
        for (const size of sizes) {
          chunks.push(whole.subarray(offset, offset + size))
          offset += size
        }
        chunks.push(whole.subarray(offset))
        const { last, rest } = readAll(
          '5',
          false,
          chunks.filter(({ length }) => length > 0),
        )
        expect(last.kind).toBe('granted')
        expect(rest.toString()).toBe('early data')
      }),
    )
  })

  it.each([
    [false, [5, 0xff], { code: 'hop-auth-failed', login: 'missing' }],
    [false, [5, 2], { code: 'hop-auth-failed', login: 'missing' }],
    [true, [5, 0xff], { code: 'hop-auth-failed', login: 'not-offered' }],
    [true, [5, 1], { code: 'hop-auth-failed', login: 'not-offered' }],
    [true, [5, 2, 1, 1], { code: 'hop-auth-failed', login: 'refused' }],
    [false, [5, 0, 4, 0], { code: 'hop-not-socks', looksLike: 'other' }],
    [false, [5, 0, 5, 0, 0, 9, 0], { code: 'hop-not-socks', looksLike: 'other' }],
    [false, [0, 0x5b], { code: 'hop-not-socks', looksLike: 'socks4' }],
  ])('with a login %s and the answer %j fails as %j', (hasLogin, answer, failure) => {
    expect(readAll('5', hasLogin, [bytes(...answer)]).last).toEqual({ kind: 'failed', failure })
  })

  it.each([
    [0x01, 'hop-refused'],
    [0x02, 'hop-refused'],
    [0x03, 'target-unreachable'],
    [0x04, 'target-unreachable'],
    [0x05, 'target-refused'],
    [0x06, 'target-unreachable'],
    [0x07, 'hop-refused'],
    [0x08, 'hop-refused'],
    [0x09, 'hop-refused'],
    [0xef, 'hop-refused'],
    [0xf0, 'target-unreachable'],
    [0xf4, 'hop-refused'],
    [0xf5, 'hop-refused'],
    [0xf7, 'target-unreachable'],
    [0xf8, 'hop-refused'],
    [0xff, 'hop-refused'],
  ])('keeps the reply %i, as %s, even where the rest is cut off', (code, errorCode) => {
    expect(readAll('5', false, [bytes(5, 0), bytes(5, code)]).last).toEqual({
      kind: 'failed',
      failure: { code: errorCode, reply: { version: 5, code } },
    })
  })

  it('names a password that was not given where the login is refused', () => {
    const reader = new SocksReplyReader({ version: '5', user: 'ann' })
    reader.read(bytes(5, 2))
    const failure = { code: 'hop-auth-failed', login: 'without-password' }
    expect(reader.ended()).toEqual(failure)
    expect(reader.read(bytes(1, 1))).toEqual({ kind: 'failed', failure })
  })

  it('is silent until the first byte', () => {
    const reader = new SocksReplyReader({ version: '5' })
    expect(reader.isSilent).toBe(true)
    reader.read(bytes(5))
    expect(reader.isSilent).toBe(false)
    reader.read(bytes(0))
    expect(reader.isSilent).toBe(false)
  })
})

describe('a SOCKS4 handshake', () => {
  it.each([0, 4])('is granted with the version byte %i', (version) => {
    const { last, rest } = readAll('4a', false, [bytes(version, 0x5a, 0, 80, 1, 2, 3, 4, 65)])
    expect(last.kind).toBe('granted')
    expect(rest.toString()).toBe('A')
  })

  it.each([
    [0x5b, { code: 'hop-refused', reply: { version: 4, code: 0x5b } }],
    [0x5c, { code: 'hop-auth-failed', login: 'refused', reply: { version: 4, code: 0x5c } }],
    [0x5d, { code: 'hop-auth-failed', login: 'refused', reply: { version: 4, code: 0x5d } }],
    [0x77, { code: 'hop-refused', reply: { version: 4, code: 0x77 } }],
    [0, { code: 'hop-not-socks', looksLike: 'other' }],
  ])('with the reply %i fails as %j', (code, failure) => {
    expect(readAll('4', false, [bytes(0, code, 0, 0, 0, 0, 0, 0)]).last).toEqual({ kind: 'failed', failure })
  })

  it('recognises a SOCKS5 server', () => {
    expect(readAll('4', false, [bytes(5, 0xff)]).last).toEqual({
      kind: 'failed',
      failure: { code: 'hop-not-socks', looksLike: 'socks5' },
    })
  })
})

describe('what an answer looks like', () => {
  it.each([
    ['HTTP/1.1 400 Bad Request', '5', 'http'],
    ['H', '5', 'http'],
    ['SSH-2.0-OpenSSH_9', '4', 'ssh'],
    ['\x15\x03\x01\x00\x02', '5', 'tls'],
    ['\x15', '4a', 'tls'],
    ['\x16\x03\x03', '5', 'tls'],
    ['\x00\x5b', '5', 'socks4'],
    ['\x00', '5', 'socks4'],
    ['\x04\x5a', '5', 'socks4'],
    ['\x00\x00\x12\x04', '5', 'other'],
    ['\x00\x5e', '5', 'other'],
    ['\x05\xff', '4', 'socks5'],
    ['Hello', '5', 'other'],
    ['\x16\x07', '5', 'other'],
    ['220 mail ESMTP', '5', 'other'],
  ] as const)('%j to SOCKS%s: %s', (answer, version, looks) => {
    expect(recognise(Buffer.from(answer, 'latin1'), version)).toBe(looks)
  })
})
