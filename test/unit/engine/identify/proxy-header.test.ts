import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  maxProxyHeaderBytes,
  readProxyHeader,
  type ProxyHeader,
} from '../../../../main/engine/identify/proxy-header.ts'
import { writeProxyHeader } from '../../../../main/engine/identify/proxy-header-writer.ts'
import { expectIncremental, expectRobust } from './readings.ts'

const v4 = {
  source: { host: '192.0.2.1', port: 40000 },
  destination: { host: '10.0.0.5', port: 443 },
}
const v6 = {
  source: { host: '2001:db8::1', port: 0 },
  destination: { host: '::1', port: 65535 },
}
const signature = '0d0a0d0a000d0a515549540a'
const hex = (...parts: string[]) => Buffer.from(parts.join(''), 'hex')

describe('a PROXY header', () => {
  it.each([
    ['PROXY TCP4 192.0.2.1 10.0.0.5 40000 443\r\n', { version: 1, addresses: v4 }],
    ['PROXY TCP6 2001:db8::1 ::1 0 65535\r\n', { version: 1, addresses: v6 }],
    ['PROXY TCP6 ::ffff:192.0.2.1 ::ffff:10.0.0.5 40000 443\r\n', { version: 1, addresses: v4 }],
    ['PROXY UNKNOWN\r\n', { version: 1 }],
    ['PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n', { version: 1 }],
  ])('%j', (line, value) => {
    expectIncremental(readProxyHeader, Buffer.from(line), value)
  })

  it.each([
    ['TCP4', hex(signature, '2111000c', 'c00002010a0000059c4001bb'), { version: 2, addresses: v4 }],
    [
      'TCP4 with extensions',
      hex(signature, '21110013', 'c00002010a0000059c4001bb', '04000461626364'),
      { version: 2, addresses: v4 },
    ],
    [
      'TCP6',
      hex(signature, '21210024', '20010db8000000000000000000000001', '0'.repeat(31), '1', '0000ffff'),
      { version: 2, addresses: v6 },
    ],
    ['LOCAL', hex(signature, '20000000'), { version: 2 }],
    ['LOCAL with addresses', hex(signature, '2011000c', 'c00002010a0000059c4001bb'), { version: 2 }],
    ['an unknown family', hex(signature, '21000000'), { version: 2 }],
  ])('version 2, %s', (_title, bytes, value) => {
    expectIncremental(readProxyHeader, bytes, value)
  })

  it.each([
    ['something else', Buffer.from('GET / HTTP/1.1\r\n')],
    ['a line without end', Buffer.alloc(107, 'PROXY ')],
    ['a name for an address', Buffer.from('PROXY TCP4 localhost 10.0.0.5 1 2\r\n')],
    ['the wrong family', Buffer.from('PROXY TCP6 192.0.2.1 10.0.0.5 1 2\r\n')],
    ['a port with a zero before it', Buffer.from('PROXY TCP4 192.0.2.1 10.0.0.5 01 2\r\n')],
    ['a port that is too high', Buffer.from('PROXY TCP4 192.0.2.1 10.0.0.5 1 65536\r\n')],
    ['a field too many', Buffer.from('PROXY TCP4 192.0.2.1 10.0.0.5 1 2 3\r\n')],
    ['version 3', hex(signature, '31110000')],
    ['an unknown command', hex(signature, '22110000')],
    ['too few bytes for its addresses', hex(signature, '2111000b', '0'.repeat(22))],
    ['too many bytes', hex(signature, '2111ffff')],
  ])('is not %s', (_title, bytes) => {
    expect(readProxyHeader(bytes).kind).toBe('wrong')
  })

  it('is read as it was written', () => {
    const endpoint = (host: fc.Arbitrary<string>) => fc.record({ host, port: fc.nat(65535) })
    const pair = (host: fc.Arbitrary<string>) =>
      fc.record({ source: endpoint(host), destination: endpoint(host) })
    const addresses = fc.oneof(pair(fc.ipV4()), pair(fc.constantFrom('::1', '2001:db8::2', 'fe80::1')))
    fc.assert(
      fc.property(fc.constantFrom(1 as const, 2 as const), addresses, (version, given) => {
        const header: ProxyHeader = { version, addresses: given }
        const bytes = writeProxyHeader(header)
        expect(readProxyHeader(bytes)).toEqual({ kind: 'done', value: header, length: bytes.length })
      }),
    )
  })

  it('says that it does not know where the addresses are not of one family', () => {
    const addresses = { source: v4.source, destination: { host: 'example.com', port: 80 } }
    expect(writeProxyHeader({ version: 1, addresses }).toString()).toBe('PROXY UNKNOWN\r\n')
    expect(readProxyHeader(writeProxyHeader({ version: 2, addresses }))).toMatchObject({
      value: { version: 2 },
    })
  })

  it('is decided whatever comes', () => {
    const seeds = [
      writeProxyHeader({ version: 1, addresses: v4 }),
      writeProxyHeader({ version: 2, addresses: v6 }),
    ]
    expectRobust(readProxyHeader, seeds, maxProxyHeaderBytes)
  })
})
