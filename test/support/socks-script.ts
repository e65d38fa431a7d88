import type { Endpoint } from '../../shared/model/address.ts'

// What the scriptable SOCKS server is told to do. Without a script it is a correct SOCKS 4, 4a and 5 server.

/** Moments at which a proxy can misbehave: after the client connected, greeted, logged in, asked, and was granted. */
export const socksMoments = ['accept', 'greeting', 'login', 'request', 'relay'] as const
export type SocksMoment = (typeof socksMoments)[number]

export type Finish = 'stall' | 'end' | 'reset'

/** What happens instead of the right answer: first some bytes, then silence, a FIN or an RST. */
export interface Misbehaviour {
  /** Sent in place of the right answer. */
  readonly send?: string | Uint8Array
  /** So many bytes of the right answer are sent; not at "accept" and "relay", which have no answer. */
  readonly cutAt?: number
  readonly then: Finish
}

export interface SocksScript {
  /** Versions that it speaks; the others are met as dante does, by ending without a word. */
  readonly versions?: readonly (4 | 5)[]
  /** Asks SOCKS5 clients for this login (RFC 1929), and SOCKS4 clients for this user id. */
  readonly login?: { readonly user: string; readonly password: string }
  readonly at?: Partial<Record<SocksMoment, Misbehaviour>>
  /** Complete answers in place of the right ones, after which it goes on as if they had been right. */
  readonly answers?: {
    readonly greeting?: Uint8Array
    readonly login?: Uint8Array
    readonly request?: Uint8Array
  }
  /** The reply code; anything but success (0 or 0x5A) ends the connection after it. */
  readonly reply?: number
  /** The kind of address in a SOCKS5 reply. */
  readonly boundAddress?: BoundAddress
  /** Sends every answer byte by byte, each as a segment of its own. */
  readonly bytewise?: boolean
  /** Sent in one segment with the reply, before anything from the target. */
  readonly early?: string | Uint8Array
  /** Where to connect in place of what was asked; a stand-in for the proxy's DNS. */
  readonly connectTo?: (asked: Endpoint) => Endpoint
}

export type BoundAddress = 'ipv4' | 'ipv6' | 'name' | 'longest-name' | 'invalid'

/** What a client asked for. */
export interface SocksAsk {
  readonly version: 4 | 5
  readonly command: number
  readonly addressType: 'ipv4' | 'ipv6' | 'name'
  readonly host: string
  readonly port: number
  /** SOCKS4. */
  readonly userId?: string
  /** SOCKS5: the methods that were offered. */
  readonly methods?: readonly number[]
  readonly login?: { readonly user: string; readonly password: string }
}

/** Answers of things that are not SOCKS proxies, as they would come in reply to a greeting. */
export const foreignAnswers = {
  http: 'HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nBad Request',
  /** Fatal alert, protocol_version (RFC 8446 section 6). */
  tlsAlert: Uint8Array.of(0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46),
  ssh: 'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n',
  /** SETTINGS, the first frame of an HTTP/2 server (RFC 9113 section 3.4). */
  http2: Uint8Array.of(0, 0, 0x12, 4, 0, 0, 0, 0, 0),
  garbage: Uint8Array.of(0xde, 0xad, 0xbe, 0xef, 0x00, 0xff),
} as const
