import { clientProtocols, type ClientProtocol } from '../../../shared/model/client-protocol.ts'

// Which protocol a client speaks, told by its first bytes. Where the server speaks first (SMTP, MySQL, FTP), a client
// says nothing, and nothing can be told.

/** `more`: it can still become one that is known. */
export type Detection = ClientProtocol | 'unknown' | 'more'

type Verdict = 'yes' | 'no' | 'more'

/** A request line is read to its end: Redis, too, has lines that begin with GET. */
const maxLineBytes = 16 * 1024

const detectors: Readonly<Record<ClientProtocol, (bytes: Buffer) => Verdict>> = {
  // A handshake record (22) of version 3.x whose message is a ClientHello (1).
  tls: (bytes) => matches(bytes, [0x16, 0x03, undefined, undefined, undefined, 0x01]),
  http: detectHttp,
  http2: (bytes) => startsWith(bytes, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  ssh: (bytes) => startsWith(bytes, 'SSH-'),
  socks4: (bytes) => either(matches(bytes, [4, 1]), matches(bytes, [4, 2])),
  socks5: (bytes) => (bytes[1] === 0 ? 'no' : matches(bytes, [5, undefined])),
  postgres: detectPostgres,
  redis: (bytes) => pattern(bytes, /^\*\d{1,7}\r\n\$/, /^\*(\d{0,7}|\d{1,7}\r\n?)$/),
}

/** Call again with more bytes while it says `more`. */
export function detectProtocol(bytes: Buffer): Detection {
  let isOpen = false
  for (const protocol of clientProtocols) {
    const verdict = detectors[protocol](bytes)
    if (verdict === 'yes') return protocol
    isOpen ||= verdict === 'more'
  }
  return isOpen ? 'more' : 'unknown'
}

/** Undefined stands for any byte. */
function matches(bytes: Buffer, pattern: readonly (number | undefined)[]): Verdict {
  const isAlike = pattern.every((byte, index) => {
    const found = bytes[index]
    return byte === undefined || found === undefined || byte === found
  })
  if (!isAlike) return 'no'
  return bytes.length < pattern.length ? 'more' : 'yes'
}

function startsWith(bytes: Buffer, text: string): Verdict {
  return matches(bytes, [...Buffer.from(text, 'latin1')])
}

function either(one: Verdict, other: Verdict): Verdict {
  if (one === 'yes' || other === 'yes') return 'yes'
  return one === 'more' || other === 'more' ? 'more' : 'no'
}

function pattern(bytes: Buffer, whole: RegExp, beginning: RegExp): Verdict {
  const text = bytes.toString('latin1', 0, 16)
  if (whole.test(text)) return 'yes'
  return beginning.test(text) ? 'more' : 'no'
}

/** A method, a target and HTTP/1.x in one line. Empty lines may come before it (RFC 9112 section 2.2). */
function detectHttp(bytes: Buffer): Verdict {
  const line = bytes.toString('latin1', 0, maxLineBytes).replace(/^(\r\n)+/, '')
  if (/^[A-Z][A-Z-]{0,31} [^\s]+ HTTP\/1\.\d\r?\n/.test(line)) return 'yes'
  const canBecome = /^(\r?|[A-Z][A-Z-]{0,31}( [^\s]*( (H(T(T(P(\/(1(\.(\d\r?)?)?)?)?)?)?)?)?)?)?)$/.test(line)
  return canBecome && bytes.length < maxLineBytes ? 'more' : 'no'
}

/** A length, then version 3.x, or the number of an SSL, GSSAPI or cancel request. */
function detectPostgres(bytes: Buffer): Verdict {
  const request = matches(bytes, [0, 0, 0, undefined, 0x04, 0xd2, 0x16, undefined])
  const startup = matches(bytes, [0, 0, undefined, undefined, 0, 3, 0, undefined])
  if (request === 'yes') return (bytes[7] ?? 0) >= 0x2e && (bytes[7] ?? 0) <= 0x30 ? 'yes' : 'no'
  return either(request, startup)
}
