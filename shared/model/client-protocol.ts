/** What a client can be told to speak by its first bytes; `http2` is HTTP/2 without TLS, with prior knowledge (RFC 9113 section 3.3). */
export const clientProtocols = [
  'tls',
  'http',
  'http2',
  'ssh',
  'socks4',
  'socks5',
  'postgres',
  'redis',
] as const
export type ClientProtocol = (typeof clientProtocols)[number]

/** `unknown`: none of them, or a client that says nothing before the server does. */
export const detectedProtocols = [...clientProtocols, 'unknown'] as const
export type DetectedProtocol = (typeof detectedProtocols)[number]
