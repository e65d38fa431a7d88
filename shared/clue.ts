import type { DetectedProtocol } from './model/client-protocol.ts'

// What the first bytes of a client tell of its destination, or what is wrong with them. Data that becomes words where
// it is read; the words are in shared/texts/clues-en.ts and clues-de.ts.

export interface Clue {
  readonly code: ClueCode
  /** The protocol of what came, where the code does not tell it. */
  readonly within?: 'TLS' | 'HTTP'
  /** For what is too long: how long it may be. */
  readonly bytes?: number
}

/** A protocol stands for a client that speaks it, and asks for nothing in it. */
export type ClueCode = DetectedProtocol | NamedClue

export type NamedClue =
  // These tell the destination.
  | 'tls-name'
  /** With Encrypted Client Hello, or something that looks the same: the true name may be in there. */
  | 'tls-outer-name'
  | 'http-host'
  | 'http-connect'
  | 'http-proxy-request'
  | 'socks4-request'
  | 'socks5-request'
  | 'proxy-header'
  // These tell none.
  | 'silence'
  | 'incomplete'
  | 'tls-without-name'
  | 'tls-name-invalid'
  | 'http-proxy-client'
  // TLS
  | 'tls-no-handshake'
  | 'tls-version'
  | 'tls-record-length'
  | 'tls-no-hello'
  | 'tls-hello-too-long'
  | 'tls-hello-incomplete'
  // HTTP
  | 'http-no-request'
  | 'http-no-response'
  | 'http-header-invalid'
  | 'http-head-too-long'
  | 'http-no-host'
  | 'http-several-hosts'
  | 'http-host-invalid'
  | 'http-connect-invalid'
  | 'http-needs-connect'
  | 'http-address-invalid'
  | 'http-no-address'
  | 'http-body-length'
  | 'http-chunk-invalid'
  // SOCKS
  | 'socks4-other'
  | 'socks4-too-long'
  | 'socks5-other'
  | 'socks5-no-method'
  | 'socks5-request-version'
  | 'socks-address-kind'
  | 'socks-command'
  | 'socks-address-invalid'
  // PROXY protocol
  | 'proxy-header-version'
  | 'proxy-header-command'
  | 'proxy-header-too-long'
  | 'proxy-header-too-short'
  | 'proxy-line-too-long'
  | 'proxy-line-invalid'
