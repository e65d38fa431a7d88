import type { DetectedProtocol } from '../../../shared/model/client-protocol.ts'
import type { Destination } from '../../../shared/model/destination.ts'
import type { PortRule } from '../../../shared/model/port-rule.ts'
import { httpAnswers, loginAnswers, socks4Answers, socks5Answers, tunnelAnswers } from './client-answers.ts'
import { readRequestHead, type RequestHead } from '../http/http-head.ts'
import { originOf } from '../http/http-origin.ts'
import type { FindContext, Identified } from './identify.ts'
import { ClientEnded, tooLate, unidentified } from './identify-failures.ts'
import { readProtocol } from './peek-protocol.ts'
import { requireAllowed } from './require-allowed.ts'
import type { Reading } from './reading.ts'
import type { Peeked } from './socket-reader.ts'
import {
  readSocks4Request,
  readSocks5Greeting,
  readSocks5Request,
  socks5Method,
  type SocksAsk,
} from './socks-request.ts'

type ProxyDestination = Extract<Destination, { readonly kind: 'proxy' }>
type Found = Omit<Identified, 'firstBytes'>

/** What the client of a proxy asks for: SOCKS4, 4a and 5, HTTP's CONNECT, and plain HTTP requests in absolute form. */
export async function readProxyRequest(
  destination: ProxyDestination,
  rule: PortRule,
  context: FindContext,
): Promise<Found> {
  const read = <T>(parse: (bytes: Buffer) => Reading<T>) => readWhole(parse, rule, context)
  const protocol = await read(readProtocol)
  const found = await readAs(protocol, destination, context, read)
  requireAllowed(destination, found.destination)
  return { ...found, protocol }
}

type Read = <T>(parse: (bytes: Buffer) => Reading<T>) => Promise<T>

async function readAs(
  protocol: DetectedProtocol,
  { protocols }: ProxyDestination,
  context: FindContext,
  read: Read,
): Promise<Found> {
  const isTaken = protocols.includes(protocol === 'http' ? 'http' : 'socks')
  if (protocol === 'socks5' && isTaken) return readSocks5(context, read)
  if (protocol === 'socks4' && isTaken) return readSocks4(context, read)
  if (protocol === 'http') return readHttp(context, read, isTaken)
  throw unidentified('not-proxy', { code: protocol })
}

async function readSocks5({ socket, onAnswers }: FindContext, read: Read): Promise<Found> {
  const { takesNoLogin } = await read(readSocks5Greeting)
  if (takesNoLogin) socket.write(socks5Method(true))
  else onAnswers(loginAnswers())
  if (!takesNoLogin) throw unidentified('wants-login', { code: 'socks5' })
  const ask = await read(readSocks5Request)
  onAnswers(socks5Answers(ask.kind === 'refused' ? ask.code : undefined))
  return { ...accept(ask), clue: { code: 'socks5-request' } }
}

async function readSocks4({ onAnswers }: FindContext, read: Read): Promise<Found> {
  const ask = await read(readSocks4Request)
  onAnswers(socks4Answers())
  return { ...accept(ask), clue: { code: 'socks4-request' } }
}

function accept(ask: SocksAsk): Pick<Found, 'destination'> {
  if (ask.kind === 'refused') throw unidentified('refused', { code: ask.why })
  return { destination: ask.endpoint }
}

async function readHttp({ socket, onAnswers }: FindContext, read: Read, isTaken: boolean): Promise<Found> {
  onAnswers(httpAnswers())
  if (!isTaken) throw unidentified('not-proxy', { code: 'http' })
  const head = await read(readRequestHead)
  onAnswers(httpAnswers(head))
  if (asksForLife(head)) {
    socket.write(alive)
    throw new ClientEnded()
  }
  const origin = originOf(head)
  if (origin.kind === 'tunnel') {
    onAnswers(tunnelAnswers(head))
    return { destination: origin.endpoint, clue: { code: 'http-connect' } }
  }
  if (origin.kind === 'absolute') {
    return { destination: origin.endpoint, clue: { code: 'http-proxy-request' }, request: head }
  }
  throw unidentified('not-proxy', { code: origin.kind === 'none' ? origin.why : 'http' })
}

/** What another Nexthop asks of the hops that it uses: a question to the proxy itself (RFC 9110 section 9.3.7). */
function asksForLife({ method, target }: RequestHead): boolean {
  return method === 'OPTIONS' && target === '*'
}

const alive = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'

async function readWhole<T>(
  parse: (bytes: Buffer) => Reading<T>,
  { identifyTimeoutMs }: PortRule,
  { reader, deadline }: FindContext,
): Promise<T> {
  const peeked: Peeked<T> = await reader.peek(parse, deadline)
  switch (peeked.kind) {
    case 'done':
      reader.take(peeked.length)
      return peeked.value
    case 'wrong':
      throw unidentified('malformed', peeked.why)
    case 'late':
      throw tooLate(identifyTimeoutMs)
    case 'end':
    case 'gone':
      throw new ClientEnded()
  }
}
