import type { NextHop } from '../../../shared/model/next-hop.ts'
import { composeHandshake } from './handshake-messages.ts'

/** Something that a live hop answers at once, and that asks it for no destination. */
export interface LifeQuestion {
  readonly bytes: Buffer
  /** Made for this kind of hop: a reset in place of an answer is its death, and not its dislike of the question. */
  readonly isExpected: boolean
}

export function lifeQuestion(hop: NextHop): LifeQuestion {
  if (hop.tls) return { bytes: helloWithoutChoice, isExpected: false }
  if (hop.protocol === 'http') return { bytes: options, isExpected: false }
  const { greet } = composeHandshake(hop, anywhere)
  // SOCKS4 has no greeting, but most servers of it know SOCKS5 as well.
  return greet ? { bytes: greet, isExpected: true } : { bytes: socks5Greeting, isExpected: false }
}

/** It is never asked for. */
const anywhere = { host: '127.0.0.1', port: 1 }

/** SOCKS5, one method, no login (RFC 1928 section 3). */
const socks5Greeting = Buffer.from([5, 1, 0])

/**
 * RFC 9110 sections 9.3.7 and 7.6.2: a question for the proxy itself, which may not pass it on. Without a Host, which a
 * transparent proxy could take for the destination.
 */
const options = Buffer.from('OPTIONS * HTTP/1.0\r\nMax-Forwards: 0\r\n\r\n')

/**
 * A ClientHello that offers one cipher, TLS_NULL_WITH_NULL_NULL, which no server takes (RFC 5246 sections 7.4.1.2 and A.5):
 * the answer is an alert, and costs the server no cryptography.
 */
const helloWithoutChoice = record(0x16, handshakeMessage(1, clientHello()))

function clientHello(): Buffer {
  const [version, random, noSession] = [Buffer.from([3, 3]), Buffer.alloc(32, 0x4e), Buffer.from([0])]
  const [ciphers, compressions] = [Buffer.from([0, 2, 0, 0]), Buffer.from([1, 0])]
  return Buffer.concat([version, random, noSession, ciphers, compressions])
}

function handshakeMessage(type: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type, 0, body.length >> 8, body.length & 0xff]), body])
}

function record(type: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type, 3, 1, body.length >> 8, body.length & 0xff]), body])
}
