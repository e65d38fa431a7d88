import { hostKind, parseHost } from '../../../shared/model/host.ts'
import type { Endpoint } from '../../../shared/model/address.ts'
import { done, more, wrong, type Reading } from './reading.ts'

// The PROXY protocol, versions 1 and 2, as HAProxy's proxy-protocol.txt says it: a load balancer tells the real client,
// and where that client had connected to. The receiver reads the complete header before anything else.

export interface ProxyHeader {
  readonly version: 1 | 2
  /** Absent for UNKNOWN, LOCAL and other families: the addresses of the connection itself count then. */
  readonly addresses?: { readonly source: ProxyAddress; readonly destination: ProxyAddress }
}

/** A source may have port 0. */
export type ProxyAddress = Endpoint

export const proxySignature = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1')
const maxVersion1Bytes = 107
/** Addresses take 216 bytes at most; the rest is for extensions (TLVs), such as a client's certificate. */
export const maxProxyHeaderBytes = 16 * 1024

const commands = { local: 0, proxy: 1 } as const
export const families = { tcp4: 0x11, tcp6: 0x21 } as const

/** Reads a header of either version. */
export function readProxyHeader(bytes: Buffer): Reading<ProxyHeader> {
  if (startsAlike(bytes, proxySignature)) return readVersion2(bytes)
  if (startsAlike(bytes, Buffer.from('PROXY '))) return readVersion1(bytes)
  return wrong()
}

function startsAlike(bytes: Buffer, signature: Buffer): boolean {
  const length = Math.min(bytes.length, signature.length)
  return bytes.subarray(0, length).equals(signature.subarray(0, length))
}

function readVersion1(bytes: Buffer): Reading<ProxyHeader> {
  const end = bytes.subarray(0, maxVersion1Bytes).indexOf('\r\n')
  if (end < 0) {
    return bytes.length >= maxVersion1Bytes ? wrong('proxy-line-too-long', maxVersion1Bytes) : more
  }
  const length = end + 2
  const [, family = '', ...fields] = bytes.toString('latin1', 0, end).split(' ')
  if (family === 'UNKNOWN') return done({ version: 1 }, length)
  const kind = { TCP4: 'ipv4', TCP6: 'ipv6' }[family]
  const [from = '', to = '', fromPort = '', toPort = ''] = fields
  const source = toAddress(from, fromPort, kind)
  const destination = toAddress(to, toPort, kind)
  if (fields.length !== 4 || !source || !destination) return wrong('proxy-line-invalid')
  return done({ version: 1, addresses: { source, destination } }, length)
}

function toAddress(text: string, portText: string, kind: string | undefined): ProxyAddress | undefined {
  const host = parseHost(text)
  const port = /^(0|[1-9]\d{0,4})$/.test(portText) ? Number(portText) : Infinity
  if (!host.ok || hostKind(text) !== kind || port > 65535) return undefined
  return { host: host.host.text, port }
}

function readVersion2(bytes: Buffer): Reading<ProxyHeader> {
  if (bytes.length < 16) return more
  const versionAndCommand = bytes.readUInt8(12)
  const length = 16 + bytes.readUInt16BE(14)
  if (versionAndCommand >> 4 !== 2) return wrong('proxy-header-version')
  const command = versionAndCommand & 0x0f
  if (command > commands.proxy) return wrong('proxy-header-command')
  if (length > maxProxyHeaderBytes) return wrong('proxy-header-too-long', maxProxyHeaderBytes)
  if (bytes.length < length) return more
  const family = bytes.readUInt8(13)
  const addressBytes = { [families.tcp4]: 4, [families.tcp6]: 16 }[family]
  if (command === commands.local || addressBytes === undefined) return done({ version: 2 }, length)
  if (length < 16 + 2 * addressBytes + 4) return wrong('proxy-header-too-short')
  const host = (at: number) => formatAddress(bytes.subarray(at, at + addressBytes))
  const ports = 16 + 2 * addressBytes
  return done(
    {
      version: 2,
      addresses: {
        source: { host: host(16), port: bytes.readUInt16BE(ports) },
        destination: { host: host(16 + addressBytes), port: bytes.readUInt16BE(ports + 2) },
      },
    },
    length,
  )
}

function formatAddress(address: Buffer): string {
  if (address.length === 4) return [...address].join('.')
  const groups = Array.from({ length: 8 }, (_, index) => address.readUInt16BE(index * 2).toString(16))
  const parsed = parseHost(groups.join(':'))
  return parsed.ok ? parsed.host.text : groups.join(':')
}

/** Where the header's addresses are of one family, that family. */
export function familyOf({ source, destination }: NonNullable<ProxyHeader['addresses']>) {
  const kinds = [hostKind(source.host), hostKind(destination.host)]
  if (kinds.every((kind) => kind === 'ipv4')) return 'tcp4'
  return kinds.every((kind) => kind === 'ipv6') ? 'tcp6' : undefined
}
