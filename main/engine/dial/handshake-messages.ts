import { SocksClient } from 'socks'
import { NexthopError } from '../../../shared/errors.ts'
import { formatEndpoint, type Endpoint } from '../../../shared/model/address.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { HandshakeChannel } from './handshake-channel.ts'
import { hasLogin } from './login.ts'
import type { ReplyStep } from './socks-reply-reader.ts'

/** What a hop is sent, by the step that its answer belongs to. SOCKS4 has a request alone. */
export type HandshakeMessages = Readonly<Partial<Record<ReplyStep, Buffer>>>

// What servers say, from RFC 1928, RFC 1929 and SOCKS4.
const wantsNothing = Buffer.from([5, 0])
const wantsLogin = Buffer.from([5, 2])
const granted5 = Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])
const granted4 = Buffer.from([0, 0x5a, 0, 0, 0, 0, 0, 0])

/**
 * The messages that ask a hop for a connection to `target`, as the `socks` package writes them. They depend on hop and
 * target alone, so the package is led through its handshake here by a server that takes everything; what real hops
 * answer is read by our own reader, which knows more ways to fail than the package tells.
 */
export function composeHandshake(hop: NextHop, target: Endpoint): HandshakeMessages {
  if (hop.version !== '5') {
    const [request = missing()] = leadThrough(hop, target, [granted4])
    return { request }
  }
  const [greet = missing(), request = missing()] = leadThrough(hop, target, [wantsNothing, granted5])
  if (!hasLogin(hop)) return { greet, request }
  // The package goes on after a login only in a later turn, so its request is that of the first time.
  const [, authenticate = missing()] = leadThrough(hop, target, [wantsLogin])
  return { greet, authenticate, request }
}

/** What the package writes to a server that gives these answers. */
function leadThrough(hop: NextHop, target: Endpoint, answers: readonly Buffer[]): readonly Buffer[] {
  const written: Buffer[] = []
  const channel = new HandshakeChannel((bytes) => written.push(bytes))
  const established = SocksClient.createConnection(socksOptions(hop, target, channel))
  // Its errors carry the password and must go nowhere.
  established.catch(() => undefined)
  for (const answer of answers) channel.receive(answer)
  return written
}

function missing(): never {
  throw new NexthopError({ code: 'internal', message: 'the socks package wrote no complete handshake' })
}

function socksOptions(hop: NextHop, target: Endpoint, channel: HandshakeChannel) {
  return {
    command: 'connect' as const,
    existing_socket: channel,
    destination: { host: target.host, port: target.port },
    // The package does not clear its timer, and nobody waits for it here.
    timeout: 1,
    proxy: {
      host: hop.host,
      port: hop.port,
      type: hop.version === '5' ? (5 as const) : (4 as const),
      ...(hop.user !== undefined && { userId: hop.user }),
      ...(hop.password !== undefined && { password: hop.password }),
    },
  }
}

/** Per hop; a rule whose destinations come from its traffic can have any number. */
const mostTargets = 256

/** Messages that were composed before: most rules ask the same hop for the same target again and again. */
export class HandshakeBook {
  readonly #byHop = new WeakMap<NextHop, Map<string, HandshakeMessages>>()

  messages(hop: NextHop, target: Endpoint): HandshakeMessages {
    let byTarget = this.#byHop.get(hop)
    if (!byTarget) this.#byHop.set(hop, (byTarget = new Map<string, HandshakeMessages>()))
    const key = formatEndpoint(target)
    let messages = byTarget.get(key)
    if (!messages) {
      messages = composeHandshake(hop, target)
      if (byTarget.size >= mostTargets) byTarget.clear()
      byTarget.set(key, messages)
    }
    return messages
  }
}
