import type { Clue, ClueCode } from '../../../shared/clue.ts'
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

/** A name that was found, or why there is none. */
type Found =
  | { readonly endpoint: Endpoint; readonly clue: Clue }
  | { readonly nothing: 'nameless' | 'malformed'; readonly clue: Clue }

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
    return { destination: found.endpoint, clue: found.clue, protocol }
  }
  if (!destination.fallback) throw unidentified(found.nothing, found.clue)
  return { destination: destination.fallback, clue: found.clue, isDefault: true, protocol }
}

async function look(destination: SniffDestination, rule: PortRule, context: FindContext): Promise<Found> {
  const { reader, deadline } = context
  const detected = await reader.peek(readProtocol, deadline)
  if (detected.kind === 'gone') throw new ClientEnded()
  if (detected.kind === 'late' || detected.kind === 'end') {
    if (reader.pending.length === 0) return silent(destination, rule, detected.kind)
    return nameless('unknown')
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
  return nameless(protocol)
}

/** A client that says nothing waits for the server to speak first, or is not there any more. */
function silent({ fallback }: SniffDestination, rule: PortRule, how: 'late' | 'end'): Found {
  if (fallback) return nameless('silence')
  throw how === 'late' ? tooLate(rule.identifyTimeoutMs) : new ClientEnded()
}

function nameless(code: ClueCode): Found {
  return { nothing: 'nameless', clue: { code } }
}

function cutShort(
  peeked: { readonly kind: string; readonly why?: Clue | undefined },
  within: 'TLS' | 'HTTP',
): Found {
  return { nothing: 'malformed', clue: { ...(peeked.why ?? { code: 'incomplete' }), within } }
}

function fromHello({ serverName, hasEncryptedHello }: ClientHello, port: number): Found {
  const host = serverName === undefined ? undefined : parseHost(serverName)
  if (!host) return nameless('tls-without-name')
  // RFC 6066 section 3: addresses are not permitted there.
  if (!host.ok || host.host.kind !== 'name') {
    return { nothing: 'malformed', clue: { code: 'tls-name-invalid', within: 'TLS' } }
  }
  const code = hasEncryptedHello ? 'tls-outer-name' : 'tls-name'
  return { endpoint: { host: host.host.text, port }, clue: { code } }
}

function fromRequest(head: RequestHead, port: number | undefined, localPort: number | undefined): Found {
  const origin = originOf(head, httpPort)
  if (origin.kind === 'none') return { nothing: 'nameless', clue: { code: origin.why, within: 'HTTP' } }
  if (origin.kind === 'tunnel') return nameless('http-proxy-client')
  // A client that was led here by its hosts file writes our own port behind the name.
  const own = origin.endpoint.port === localPort ? httpPort : origin.endpoint.port
  return { endpoint: { host: origin.endpoint.host, port: port ?? own }, clue: { code: 'http-host' } }
}
