import { addressBytes } from './address-bytes.ts'

// One TCP packet from its IP header on, with right checksums (RFC 791, 1071, 8200, 9293).

export const flags = { fin: 0x01, syn: 0x02, rst: 0x04, psh: 0x08, ack: 0x10 } as const

/** One end of a connection, as in the packets. Both ends must be of one family. */
export interface PacketEnd {
  readonly address: string
  readonly port: number
}

export interface TcpFields {
  readonly sequence: number
  readonly acknowledgement: number
  readonly flags: number
  readonly payload?: Buffer
}

/** After the handshake windows are scaled: 65535 << 7 is 8 MiB, more than is ever on the way unacknowledged. */
const windowScale = 7
const window = 0xffff
const tcpProtocol = 6

/** How much fits into a packet of 1500 bytes. */
export function segmentSize(isIpv6: boolean): number {
  return isIpv6 ? 1440 : 1460
}

/** Makes the packets of one direction; what stays the same in all of them is worked out once. */
export class PacketMaker {
  readonly #isIpv6: boolean
  readonly #addresses: Buffer
  readonly #ports: Buffer
  readonly #pseudoSum: number
  #identification = 0

  constructor(from: PacketEnd, to: PacketEnd) {
    const source = addressBytes(from.address)
    this.#isIpv6 = source.length === 16
    this.#addresses = Buffer.concat([source, addressBytes(to.address)])
    this.#ports = Buffer.alloc(4)
    this.#ports.writeUInt16BE(from.port, 0)
    this.#ports.writeUInt16BE(to.port, 2)
    this.#pseudoSum = sum(this.#addresses, tcpProtocol)
  }

  make({ sequence, acknowledgement, flags: bits, payload }: TcpFields): Buffer {
    const options = bits & flags.syn ? synOptions(this.#isIpv6) : noOptions
    const ipLength = this.#isIpv6 ? 40 : 20
    const tcpLength = 20 + options.length + (payload?.length ?? 0)
    const packet = Buffer.alloc(ipLength + tcpLength)
    if (this.#isIpv6) this.#writeIpv6(packet, tcpLength)
    else this.#writeIpv4(packet)
    const tcp = packet.subarray(ipLength)
    this.#ports.copy(tcp, 0)
    tcp.writeUInt32BE(sequence, 4)
    tcp.writeUInt32BE(bits & flags.ack ? acknowledgement : 0, 8)
    tcp[12] = ((20 + options.length) / 4) << 4
    tcp[13] = bits
    tcp.writeUInt16BE(window, 14)
    options.copy(tcp, 20)
    payload?.copy(tcp, 20 + options.length)
    tcp.writeUInt16BE(checksum(tcp, this.#pseudoSum + tcpLength), 16)
    return packet
  }

  #writeIpv4(packet: Buffer): void {
    packet[0] = 0x45
    packet.writeUInt16BE(packet.length, 2)
    this.#identification = (this.#identification + 1) & 0xffff
    packet.writeUInt16BE(this.#identification, 4)
    // Don't fragment.
    packet.writeUInt16BE(0x4000, 6)
    packet[8] = 64
    packet[9] = tcpProtocol
    this.#addresses.copy(packet, 12)
    packet.writeUInt16BE(checksum(packet.subarray(0, 20), 0), 10)
  }

  #writeIpv6(packet: Buffer, payloadLength: number): void {
    packet[0] = 0x60
    packet.writeUInt16BE(payloadLength, 4)
    packet[6] = tcpProtocol
    packet[7] = 64
    this.#addresses.copy(packet, 8)
  }
}

const noOptions = Buffer.alloc(0)

/** Maximum segment size, then no-operation and window scale (RFC 7323). */
function synOptions(isIpv6: boolean): Buffer {
  const options = Buffer.from([2, 4, 0, 0, 1, 3, 3, windowScale])
  options.writeUInt16BE(segmentSize(isIpv6), 2)
  return options
}

function checksum(bytes: Buffer, start: number): number {
  let total = sum(bytes, start)
  while (total > 0xffff) total = (total & 0xffff) + Math.floor(total / 0x10000)
  return ~total & 0xffff
}

function sum(bytes: Buffer, start: number): number {
  let total = start
  const even = bytes.length & ~1
  for (let index = 0; index < even; index += 2) {
    total += ((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0)
  }
  return bytes.length > even ? total + ((bytes[even] ?? 0) << 8) : total
}
