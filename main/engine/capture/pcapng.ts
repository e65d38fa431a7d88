import { isIPv6 } from 'node:net'
import { addressBytes } from './address-bytes.ts'

// Blocks of a pcapng file (draft-ietf-opsawg-pcapng): little-endian, times in microseconds, packets from the IP header
// on. Every function returns one complete block.

const sectionHeaderType = 0x0a0d0d0a
const interfaceType = 1
const nameResolutionType = 4
const packetType = 6
/** LINKTYPE_RAW: the first byte of a packet tells IPv4 from IPv6. */
const rawIp = 101

const comment = 1
const empty = Buffer.alloc(0)

interface Option {
  readonly code: number
  readonly value: Buffer
}

/** The start of a file. `program` is the name and version of who wrote it. */
export function sectionHeader(program: string): Buffer {
  const body = Buffer.alloc(16)
  body.writeUInt32LE(0x1a2b3c4d, 0)
  body.writeUInt16LE(1, 4)
  // The section's length is not known while it is written: -1.
  body.fill(0xff, 8)
  return block(sectionHeaderType, [body, options([{ code: 4, value: Buffer.from(program) }])])
}

/** Interfaces are numbered from 0 in the order of their blocks. */
export function interfaceDescription(name: string, description: string): Buffer {
  const body = Buffer.alloc(8)
  body.writeUInt16LE(rawIp, 0)
  const microseconds = Buffer.from([6])
  const described = [
    { code: 2, value: Buffer.from(name) },
    { code: 3, value: Buffer.from(description) },
    { code: 9, value: microseconds },
  ]
  return block(interfaceType, [body, options(described)])
}

export interface PacketRecord {
  readonly interfaceNumber: number
  /** Unix milliseconds, with fractions. */
  readonly at: number
  /** As much of the packet as is kept. */
  readonly bytes: Buffer
  /** How long it was, where it was cut. */
  readonly originalLength: number
  readonly comment?: string | undefined
}

export function enhancedPacket(record: PacketRecord): Buffer {
  const { interfaceNumber, bytes, originalLength } = record
  const microseconds = Math.round(record.at * 1000)
  const body = Buffer.alloc(20)
  body.writeUInt32LE(interfaceNumber, 0)
  body.writeUInt32LE(Math.floor(microseconds / 2 ** 32), 4)
  body.writeUInt32LE(microseconds % 2 ** 32, 8)
  body.writeUInt32LE(bytes.length, 12)
  body.writeUInt32LE(originalLength, 16)
  const words = record.comment
  const told = words === undefined ? [] : [{ code: comment, value: Buffer.from(words) }]
  return block(packetType, [body, bytes, padding(bytes.length), options(told)])
}

/** Names of addresses, each with the one under which people know it. */
export function nameResolution(names: ReadonlyMap<string, string>): Buffer {
  const records = [...names].map(([address, name]) => {
    const value = Buffer.concat([
      addressBytes(address),
      Buffer.from(name.replaceAll('\0', '')),
      Buffer.from([0]),
    ])
    return tagged(isIPv6(address) ? 2 : 1, value)
  })
  return block(nameResolutionType, [...records, Buffer.alloc(4)])
}

function block(type: number, parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 12)
  const head = Buffer.alloc(8)
  head.writeUInt32LE(type, 0)
  head.writeUInt32LE(length, 4)
  return Buffer.concat([head, ...parts, head.subarray(4)], length)
}

function options(list: readonly Option[]): Buffer {
  if (list.length === 0) return empty
  return Buffer.concat([...list.map(({ code, value }) => tagged(code, value)), Buffer.alloc(4)])
}

/** Options and name records alike: a code, a length, the value, padded to 32 bits. */
function tagged(code: number, value: Buffer): Buffer {
  // A comment of 64 KiB would not fit into its length.
  const kept = value.subarray(0, 0xffff)
  const head = Buffer.alloc(4)
  head.writeUInt16LE(code, 0)
  head.writeUInt16LE(kept.length, 2)
  return Buffer.concat([head, kept, padding(kept.length)])
}

function padding(length: number): Buffer {
  return Buffer.alloc((4 - (length % 4)) % 4)
}
