import type { Socket } from 'node:net'
import type { Clue } from '../../../shared/clue.ts'
import type { Endpoint } from '../../../shared/model/address.ts'
import type { DetectedProtocol } from '../../../shared/model/client-protocol.ts'
import { isKnownAhead } from '../../../shared/model/destination.ts'
import type { PortRule } from '../../../shared/model/port-rule.ts'
import type { ClientAnswers } from './client-answers.ts'
import type { RequestHead } from '../http/http-head.ts'
import { unidentified } from './identify-failures.ts'
import type { ProxyHeader } from './proxy-header.ts'
import { readProxyRequest } from './proxy-request.ts'
import { receiveProxyHeader } from './receive-proxy-header.ts'
import { requireAllowed } from './require-allowed.ts'
import { sniff } from './sniff.ts'
import { SocketReader } from './socket-reader.ts'

const empty = Buffer.alloc(0)

/** Where a connection wants to go, and what is known of it by then. */
export interface Identified {
  readonly destination: Endpoint
  /** What told the destination; absent where the rule says it. */
  readonly clue?: Clue
  /** That named no destination: this is the rule's own. */
  readonly isDefault?: true
  /** What the client speaks, where that was found out. */
  readonly protocol?: DetectedProtocol
  /** What the client sent already, for the destination. */
  readonly firstBytes: Buffer
  /** From the PROXY protocol header: the real client, and where it had connected to. */
  readonly header?: NonNullable<ProxyHeader['addresses']>
  /** For a client that waits for an answer before it sends more. */
  readonly answers?: ClientAnswers
  /** The first request of a client that uses Nexthop as HTTP proxy, without a tunnel. */
  readonly request?: RequestHead
}

/** True where the client must send something before its destination is known. */
export function needsReading({ destination, receiveProxyHeader }: PortRule): boolean {
  return receiveProxyHeader || !isKnownAhead(destination)
}

/**
 * Where a connection of the rule is to go, without reading anything: in many protocols the server speaks first, so the
 * client must not be waited for.
 */
export function identifyAtOnce(
  { listen, destination }: PortRule,
  socket: Pick<Socket, 'localPort'>,
): Identified | undefined {
  if (!isKnownAhead(destination)) return undefined
  const { host, port } = destination
  // Asked only where it matters, since it is a system call.
  const localPort = destination.kind === 'range' && listen.kind === 'tcp' ? socket.localPort : undefined
  const offset = localPort !== undefined && listen.kind === 'tcp' ? localPort - listen.port : 0
  return { destination: { host, port: port + offset }, firstBytes: empty }
}

export interface IdentifyListeners {
  /** Told as soon as it is known how the client wants to be answered, before anything can fail for it. */
  readonly onAnswers: (answers: ClientAnswers) => void
  /** Told at the end, also where it failed, of what the client said and nobody got yet. */
  readonly onReceived: (received: Buffer) => void
}

/**
 * Finds the destination in what the client sends. Rejects with a NexthopError; with the signal's reason where it was
 * aborted. The socket is paused then, and nothing listens to it.
 */
export async function identify(
  rule: PortRule,
  socket: Socket,
  signal: AbortSignal,
  { onAnswers, onReceived }: IdentifyListeners,
): Promise<Identified> {
  const reader = new SocketReader(socket)
  const deadline = performance.now() + rule.identifyTimeoutMs
  try {
    const header = rule.receiveProxyHeader ? await receiveProxyHeader(reader, deadline, rule) : undefined
    signal.throwIfAborted()
    const found =
      identifyAtOnce(rule, socket) ?? (await find(rule, { socket, reader, deadline, header, onAnswers }))
    signal.throwIfAborted()
    return { ...found, firstBytes: reader.pending, ...(header && { header }) }
  } finally {
    onReceived(reader.release())
  }
}

export interface FindContext {
  readonly socket: Socket
  readonly reader: SocketReader
  /** In milliseconds of `performance.now()`. */
  readonly deadline: number
  readonly onAnswers: (answers: ClientAnswers) => void
}

async function find(
  rule: PortRule,
  context: FindContext & { readonly header: Identified['header'] },
): Promise<Omit<Identified, 'firstBytes'>> {
  const { destination } = rule
  switch (destination.kind) {
    case 'sniff':
      return sniff(destination, rule, context)
    case 'proxy':
      return readProxyRequest(destination, rule, context)
    case 'header': {
      if (!context.header) throw unidentified('header-without-address')
      const { destination: endpoint } = context.header
      if (endpoint.port === 0) throw unidentified('header-without-address')
      requireAllowed(destination, endpoint)
      return { destination: endpoint, clue: { code: 'proxy-header' } }
    }
    case 'fixed':
    case 'range':
      throw new Error('a destination that is known ahead is not to be found')
  }
}
