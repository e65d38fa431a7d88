import type { Endpoint } from '../../../shared/model/address.ts'
import type { Destination } from '../../../shared/model/destination.ts'
import { parseHost } from '../../../shared/model/host.ts'
import type { PortRule } from '../../../shared/model/port-rule.ts'
import { detectProtocol } from './detect-protocol.ts'
import { readRequestHead, type RequestHead } from '../http/http-head.ts'
import { originOf } from '../http/http-origin.ts'
import type { FindContext, Identified } from './identify.ts'
import { ClientEnded, tooLate, unidentified } from './identify-failures.ts'
import { readProtocol } from './peek-protocol.ts'
import { requireAllowed } from './require-allowed.ts'
import { readClientHello, type ClientHello } from './tls-client-hello.ts'

type SniffDestination = Extract<Destination, { readonly kind: 'sniff' }>

/** A name that was found, or in a few words why there is none. */
type Found =
  | { readonly endpoint: Endpoint; readonly note: string }
  | { readonly nothing: 'nameless' | 'malformed'; readonly note: string }

const tlsPort = 443
const httpPort = 80

/** The destination by the name in the traffic: TLS's SNI, or HTTP's Host. All that was read is passed on. */
export async function sniff(
  destination: SniffDestination,
  rule: PortRule,
  context: FindContext,
): Promise<Omit<Identified, 'firstBytes'>> {
  const found = await look(destination, rule, context)
  const detected = detectProtocol(context.reader.pending)
  // By now, it was waited for long enough.
  const protocol = detected === 'more' ? 'unknown' : detected
  if ('endpoint' in found) {
    requireAllowed(destination, found.endpoint)
    return { destination: found.endpoint, note: found.note, protocol }
  }
  if (!destination.fallback) throw unidentified(found.nothing, found.note)
  return { destination: destination.fallback, note: found.note, isDefault: true, protocol }
}

async function look(destination: SniffDestination, rule: PortRule, context: FindContext): Promise<Found> {
  const { reader, deadline } = context
  const detected = await reader.peek(readProtocol, deadline)
  if (detected.kind === 'gone') throw new ClientEnded()
  if (detected.kind === 'late' || detected.kind === 'end') {
    if (reader.pending.length === 0) return silent(destination, rule, detected.kind)
    return { nothing: 'nameless', note: 'the protocol is not known' }
  }
  const protocol = detected.kind === 'done' ? detected.value : 'unknown'
  if (protocol === 'tls') {
    const hello = await reader.peek(readClientHello, deadline)
    if (hello.kind === 'done') return fromHello(hello.value, destination.port ?? tlsPort)
    return cutShort(hello, 'TLS')
  }
  if (protocol === 'http') {
    const head = await reader.peek(readRequestHead, deadline)
    if (head.kind === 'done') return fromRequest(head.value, destination.port, context.socket.localPort)
    return cutShort(head, 'HTTP')
  }
  return { nothing: 'nameless', note: protocol === 'unknown' ? 'the protocol is not known' : protocol }
}

/** A client that says nothing waits for the server to speak first, or is not there any more. */
function silent({ fallback }: SniffDestination, rule: PortRule, how: 'late' | 'end'): Found {
  if (fallback) return { nothing: 'nameless', note: 'the client said nothing' }
  throw how === 'late' ? tooLate(rule.identifyTimeoutMs) : new ClientEnded()
}

function cutShort(
  peeked: { readonly kind: string; readonly why?: string | undefined },
  protocol: string,
): Found {
  return { nothing: 'malformed', note: `${protocol}, but ${peeked.why ?? 'its beginning is not complete'}` }
}

function fromHello({ serverName, hasEncryptedHello }: ClientHello, port: number): Found {
  const host = serverName === undefined ? undefined : parseHost(serverName)
  if (!host) return { nothing: 'nameless', note: 'TLS without a server name' }
  // RFC 6066 section 3: addresses are not permitted there.
  if (!host.ok || host.host.kind !== 'name') {
    return { nothing: 'malformed', note: 'TLS, but its server name is not valid' }
  }
  const note = hasEncryptedHello ? 'TLS server name (another one may be encrypted)' : 'TLS server name'
  return { endpoint: { host: host.host.text, port }, note }
}

function fromRequest(head: RequestHead, port: number | undefined, localPort: number | undefined): Found {
  const origin = originOf(head, httpPort)
  if (origin.kind === 'none') return { nothing: 'nameless', note: `HTTP, but ${origin.why}` }
  if (origin.kind === 'tunnel') return { nothing: 'nameless', note: 'a request for an HTTP proxy' }
  // A client that was led here by its hosts file writes our own port behind the name.
  const own = origin.endpoint.port === localPort ? httpPort : origin.endpoint.port
  return { endpoint: { host: origin.endpoint.host, port: port ?? own }, note: 'HTTP Host' }
}
