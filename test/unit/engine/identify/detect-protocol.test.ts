import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detectProtocol } from '../../../../main/engine/identify/detect-protocol.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

const known: [string, Buffer, string][] = [
  ['TLS', hex('16 03 01 02 00 01 00 01 fc 03 03'), 'tls'],
  ['HTTP/1.1', Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n'), 'http'],
  ['HTTP/1.0 with a bare line feed', Buffer.from('HEAD /x HTTP/1.0\n\n'), 'http'],
  ['CONNECT', Buffer.from('CONNECT a:443 HTTP/1.1\r\n'), 'http'],
  ['a method with a dash', Buffer.from('M-SEARCH * HTTP/1.1\r\n'), 'http'],
  ['empty lines before it', Buffer.from('\r\nGET / HTTP/1.1\r\n'), 'http'],
  ['HTTP/2 with prior knowledge', Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), 'http2'],
  ['SSH', Buffer.from('SSH-2.0-OpenSSH_9.2\r\n'), 'ssh'],
  ['SOCKS4', hex('04 01 00 50 0a 00 00 05 00'), 'socks4'],
  ['SOCKS5', hex('05 01 00'), 'socks5'],
  ['PostgreSQL asking for TLS', hex('00 00 00 08 04 d2 16 2f'), 'postgres'],
  ['PostgreSQL asking for GSSAPI', hex('00 00 00 08 04 d2 16 30'), 'postgres'],
  ['PostgreSQL starting up', hex('00 00 00 54 00 03 00 00 75 73 65 72'), 'postgres'],
  ['Redis', Buffer.from('*1\r\n$4\r\nPING\r\n'), 'redis'],
]

describe('the protocol', () => {
  it.each(known)('is told for %s, byte by byte', (_title, bytes, protocol) => {
    let decided: string | undefined
    for (let length = 0; length <= bytes.length; length += 1) {
      const detection = detectProtocol(bytes.subarray(0, length))
      if (decided === undefined && detection !== 'more') decided = detection
      if (decided !== undefined) expect(detection).toBe(protocol)
    }
    expect(decided).toBe(protocol)
  })

  it.each([
    ['Redis in one line', 'GET key\r\n'],
    ['text', 'hello'],
    ['HTTP of another version', 'GET / HTTP/3.0\r\n'],
    ['zeros', '\0\0\0\0\0\0\0\0'],
    ['a method that never ends', 'A'.repeat(40)],
    ['SOCKS5 without a method', '\x05\x00'],
    ['a request line that never ends', `GET /${'a'.repeat(20_000)}`],
  ])('is not known for %s', (_title, text) => {
    expect(detectProtocol(Buffer.from(text, 'latin1'))).toBe('unknown')
  })

  it('is decided after a bounded number of bytes, and stays decided', () => {
    const starts = fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc.constantFrom(...known.map(([, bytes]) => bytes)),
    )
    fc.assert(
      fc.property(starts, fc.uint8Array({ maxLength: 20 }), (start, rest) => {
        const first = detectProtocol(Buffer.from(start))
        const later = detectProtocol(Buffer.concat([start, rest]))
        if (first !== 'more') expect(later).toBe(first)
        expect(detectProtocol(Buffer.concat([start, Buffer.alloc(20_000, 'x')]))).not.toBe('more')
      }),
    )
  })
})
