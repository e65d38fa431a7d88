import type { NamedClue } from '../../../shared/clue.ts'
import { parseHost } from '../../../shared/model/host.ts'
import type { Endpoint } from '../../../shared/model/address.ts'
import { done, more, wrong, type Reading } from './reading.ts'

// The server's side of SOCKS4, 4a and 5: what a client asks, and the answers. RFC 1928; SOCKS4 and 4a as OpenSSH and
// curl speak them. CONNECT alone: BIND and UDP are refused with the reply that says so.

/** What a client asks for, or why it can't have it: the reply code of its version. */
export type SocksAsk =
  | { readonly kind: 'connect'; readonly endpoint: Endpoint }
  | { readonly kind: 'refused'; readonly code: number; readonly why: NamedClue }

/** RFC 1928 section 6. */
export const socks5Codes = {
  granted: 0x00,
  failed: 0x01,
  forbidden: 0x02,
  networkUnreachable: 0x03,
  hostUnreachable: 0x04,
  refused: 0x05,
  expired: 0x06,
  commandUnknown: 0x07,
  addressUnknown: 0x08,
} as const
export const socks4Codes = { granted: 0x5a, failed: 0x5b } as const

const connectCommand = 1
const maxTextBytes = 255

/** The first message of SOCKS5: whether the client goes without a login, the only way that is offered here. */
export function readSocks5Greeting(bytes: Buffer): Reading<{ readonly takesNoLogin: boolean }> {
  const [version, count] = bytes
  if (version !== undefined && version !== 5) return wrong('socks5-other')
  if (count === 0) return wrong('socks5-no-method')
  if (count === undefined || bytes.length < 2 + count) return more
  return done({ takesNoLogin: bytes.subarray(2, 2 + count).includes(0) }, 2 + count)
}

/** VER, METHOD: no login, or none that is acceptable. */
export function socks5Method(takesNoLogin: boolean): Buffer {
  return Buffer.from([5, takesNoLogin ? 0x00 : 0xff])
}

/** The second message of SOCKS5: VER, CMD, RSV, ATYP, DST.ADDR, DST.PORT. */
export function readSocks5Request(bytes: Buffer): Reading<SocksAsk> {
  const [version, command, , type, nameLength] = bytes
  if (version !== undefined && version !== 5) return wrong('socks5-request-version')
  if (command === undefined || type === undefined) return more
  const addressLength = { 1: 4, 3: 1 + (nameLength ?? 0), 4: 16 }[type]
  if (addressLength === undefined) {
    return done(refuse(socks5Codes.addressUnknown, 'socks-address-kind'), 4)
  }
  if (nameLength === undefined || bytes.length < 4 + addressLength + 2) return more
  const address = bytes.subarray(4, 4 + addressLength)
  const length = 4 + addressLength + 2
  if (command !== connectCommand) {
    return done(refuse(socks5Codes.commandUnknown, 'socks-command'), length)
  }
  const port = bytes.readUInt16BE(4 + addressLength)
  const endpoint = toEndpoint(addressText(type, address), port)
  if (!endpoint) return done(refuse(socks5Codes.hostUnreachable, 'socks-address-invalid'), length)
  return done({ kind: 'connect', endpoint }, length)
}

function addressText(type: number, address: Buffer): string {
  if (type === 1) return [...address].join('.')
  if (type === 3) return address.toString('utf8', 1)
  return Array.from({ length: 8 }, (_, index) => address.readUInt16BE(index * 2).toString(16)).join(':')
}

/** The only message of SOCKS4 and 4a: VN, CD, DSTPORT, DSTIP, USERID, NUL; with 4a, a name and NUL. */
export function readSocks4Request(bytes: Buffer): Reading<SocksAsk> {
  const [version, command] = bytes
  if (version !== undefined && version !== 4) return wrong('socks4-other')
  if (command === undefined || bytes.length < 9) return more
  const user = readText(bytes, 8)
  if (user.kind !== 'done') return user
  const ip = bytes.subarray(4, 8)
  const isName = ip[0] === 0 && ip[1] === 0 && ip[2] === 0 && ip[3] !== 0
  const name = isName ? readText(bytes, user.length) : done([...ip].join('.'), user.length)
  if (name.kind !== 'done') return name
  const { length, value } = name
  if (command !== connectCommand) {
    return done(refuse(socks4Codes.failed, 'socks-command'), length)
  }
  const endpoint = toEndpoint(value, bytes.readUInt16BE(2))
  if (!endpoint) return done(refuse(socks4Codes.failed, 'socks-address-invalid'), length)
  return done({ kind: 'connect', endpoint }, length)
}

/** Text that ends with NUL; `length` counts from the start of all bytes. */
function readText(bytes: Buffer, start: number): Reading<string> {
  const end = bytes.indexOf(0, start)
  if ((end < 0 ? bytes.length : end) - start > maxTextBytes) return wrong('socks4-too-long', maxTextBytes)
  return end < 0 ? more : done(bytes.toString('utf8', start, end), end + 1)
}

function toEndpoint(text: string, port: number): Endpoint | undefined {
  const host = parseHost(text)
  return host.ok && port > 0 ? { host: host.host.text, port } : undefined
}

function refuse(code: number, why: NamedClue): SocksAsk {
  return { kind: 'refused', code, why }
}

/** VER, REP, RSV, ATYP, BND.ADDR, BND.PORT. The bound address is not known, and no client reads it for CONNECT. */
export function socks5Reply(code: number): Buffer {
  return Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0])
}

/** VN 0, CD, port, address. */
export function socks4Reply(code: number): Buffer {
  return Buffer.from([0, code, 0, 0, 0, 0, 0, 0])
}
