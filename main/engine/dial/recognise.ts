import type { LooksLike } from '../../../shared/errors.ts'
import type { SocksVersion } from '../../../shared/model/next-hop.ts'

/** What the first bytes of an answer look like, by what the hop was asked in. */
export function recognise(bytes: Buffer, asked: SocksVersion | 'http'): LooksLike {
  const [first, second] = bytes
  const startsLike = (text: string) => text.startsWith(bytes.toString('latin1', 0, text.length))
  if (startsLike('HTTP/')) return 'http'
  if (startsLike('SSH-')) return 'ssh'
  // A TLS record: alert (21) or handshake (22), major version 3.
  if ((first === 0x15 || first === 0x16) && (second === undefined || second === 3)) return 'tls'
  const isSocks4 = (first === 0 || first === 4) && (second === undefined || isSocks4Reply(second))
  if (asked === '5' && isSocks4) return 'socks4'
  if (asked !== '5' && first === 5) return 'socks5'
  return 'other'
}

/** The only four replies that SOCKS4 has. HTTP/2 servers, among others, begin with a zero, too. */
export function isSocks4Reply(code: number): boolean {
  return code >= 0x5a && code <= 0x5d
}
