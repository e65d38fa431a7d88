import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TcpSession, type SessionPacket } from '../../../../main/engine/capture/tcp-session.ts'

const opener = { address: '127.0.0.1', port: 40000 }
const acceptor = { address: '10.0.0.5', port: 1080 }

const letters = [
  ['S', 0x02],
  ['A', 0x10],
  ['F', 0x01],
  ['R', 0x04],
  ['P', 0x08],
] as const

interface Read {
  readonly from: number
  readonly flags: string
  readonly sequence: number
  readonly acknowledgement: number
  readonly payload: Buffer
}

function read({ bytes }: SessionPacket): Read {
  const ip = bytes[0] === 0x45 ? 20 : 40
  const header = ip + ((bytes[ip + 12] ?? 0) >> 4) * 4
  const bits = bytes[ip + 13] ?? 0
  return {
    from: bytes.readUInt16BE(ip),
    flags: letters.flatMap(([letter, bit]) => (bits & bit ? [letter] : [])).join(''),
    sequence: bytes.readUInt32BE(ip + 4),
    acknowledgement: bytes.readUInt32BE(ip + 8),
    payload: bytes.subarray(header),
  }
}

/** RFC 1071: the sum over a block with its right checksum is all ones. */
function sum16(bytes: Buffer, start = 0): number {
  let total = start
  for (let index = 0; index < bytes.length; index += 2) {
    total += ((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0)
  }
  while (total > 0xffff) total = (total & 0xffff) + (total >>> 16)
  return total
}

function tcpSum(packet: Buffer): number {
  const isIpv4 = packet[0] === 0x45
  const addresses = isIpv4 ? packet.subarray(12, 20) : packet.subarray(8, 40)
  const tcp = packet.subarray(isIpv4 ? 20 : 40)
  return sum16(tcp, sum16(addresses) + 6 + tcp.length)
}

describe('a TCP session', () => {
  it('opens with a handshake, acknowledges data, and ends with a FIN of each side', () => {
    const session = new TcpSession(opener, acceptor, 1000)
    const packets = [
      ...session.open(),
      ...session.data('opener', Buffer.from('ping')),
      ...session.end('acceptor'),
      ...session.data('opener', Buffer.from('more')),
      ...session.end('opener'),
    ].map(read)
    expect(packets.map(({ from, flags }) => `${from === 40000 ? '>' : '<'}${flags}`)).toEqual([
      ...['>S', '<SA', '>A'],
      ...['>AP', '<A'],
      ...['<AF', '>A'],
      ...['>AP', '<A'],
      ...['>AF', '<A'],
    ])
    const [syn, synAck] = packets
    expect(synAck?.acknowledgement).toBe((syn?.sequence ?? 0) + 1)
    expect(packets.at(-2)?.sequence).toBe(1000 + 1 + 8)
    expect(packets.at(-1)?.acknowledgement).toBe(1000 + 1 + 8 + 1)
  })

  it('lets nothing follow a reset', () => {
    const session = new TcpSession(opener, acceptor, 1)
    session.open()
    expect(session.reset('acceptor').map((packet) => read(packet).flags)).toEqual(['AR'])
    expect(session.isOver).toBe(true)
    expect([...session.data('opener', Buffer.from('x')), ...session.end('opener')]).toEqual([])
    expect(session.reset('opener')).toEqual([])
  })

  it('lets no data follow the end of a direction', () => {
    const session = new TcpSession(opener, acceptor, 1)
    session.open()
    session.end('opener')
    expect(session.data('opener', Buffer.from('late'))).toEqual([])
    expect(session.end('opener')).toEqual([])
  })

  it('shows an attempt that was refused, and one that was not answered', () => {
    const flagsOf = (packets: SessionPacket[]) => packets.map((packet) => read(packet).flags)
    expect(flagsOf(new TcpSession(opener, acceptor, 1).refuse())).toEqual(['S', 'AR'])
    expect(flagsOf(new TcpSession(opener, acceptor, 1).attempt())).toEqual(['S'])
  })

  it.each([
    ['IPv4', '192.0.2.1', '192.0.2.2', 1460],
    ['IPv6', '2001:db8::1', '::ffff:0:1', 1440],
  ])('cuts what is sent into segments that fit an Ethernet, over %s', (_family, one, two, most) => {
    const session = new TcpSession({ address: one, port: 1 }, { address: two, port: 2 }, 0xffff_ff00)
    session.open()
    const sent = Buffer.alloc(3 * most + 1, 'abc')
    const packets = session.data('opener', sent).map(read)
    expect(packets.map(({ payload }) => payload.length)).toEqual([most, most, most, 1, 0])
    expect(Buffer.concat(packets.map(({ payload }) => payload))).toEqual(sent)
    // The numbers start again at 2^32.
    expect(packets.at(-1)?.acknowledgement).toBe((0xffff_ff01 + sent.length) % 2 ** 32)
  })

  it('has right checksums, whatever the bytes', () => {
    const addresses = fc.constantFrom(
      ['127.0.0.1', '255.255.255.255'] as const,
      ['::1', 'fe80::1234%eth0'] as const,
      ['2001:db8:0:1::', '::ffff:1.2.3.4'] as const,
    )
    const port = fc.integer({ min: 1, max: 65535 })
    const property = fc.property(
      addresses,
      port,
      port,
      fc.nat(0xffff_ffff),
      fc.uint8Array({ maxLength: 4000 }),
      ([from, to], fromPort, toPort, sequence, bytes) => {
        const session = new TcpSession(
          { address: from, port: fromPort },
          { address: to, port: toPort },
          sequence,
        )
        const packets = [
          ...session.open(),
          ...session.data('acceptor', Buffer.from(bytes)),
          ...session.end('opener'),
          ...session.reset('acceptor'),
        ]
        for (const { bytes: packet } of packets) {
          if (packet[0] === 0x45) expect(sum16(packet.subarray(0, 20))).toBe(0xffff)
          expect(tcpSum(packet)).toBe(0xffff)
        }
      },
    )
    fc.assert(property)
  })
})
