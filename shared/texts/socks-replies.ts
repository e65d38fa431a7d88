// The replies of SOCKS proxies in words. Each says what the proxy says, as the end of "the next hop … says that …".

type Replies = Readonly<Record<number, string>>

export interface ReplyTexts {
  /** RFC 1928 section 6; F0 to F7 are Tor's extended errors (socks-extensions.txt section 5). */
  readonly socks5: Replies
  /** SOCKS4 protocol, "CD" of the reply. */
  readonly socks4: Replies
  readonly unassigned: string
  /** RFC 9110 section 15; for the statuses that proxies answer CONNECT with. */
  readonly http: Replies
  readonly httpNumber: (code: number) => string
  readonly number: (version: 4 | 5, code: string) => string
}

interface Reply {
  readonly version: 4 | 5 | 'http'
  readonly code: number
}

/** One reply in words, with its number, for example `its rules forbid this destination (SOCKS5 reply 02)`. */
export function describeReply(reply: Reply, texts: ReplyTexts): string {
  const { socks4, socks5, http, unassigned } = texts
  const words = { 4: socks4, 5: socks5, http }[reply.version][reply.code] ?? unassigned
  return `${words} (${nameReply(reply, texts)})`
}

/** Its number alone, for example `SOCKS5 reply 02`. */
export function nameReply({ version, code }: Reply, { httpNumber, number }: ReplyTexts): string {
  if (version === 'http') return httpNumber(code)
  return number(version, code.toString(16).toUpperCase().padStart(2, '0'))
}
