import type { PortRule } from '../../../shared/model/port-rule.ts'
import { ClientEnded, tooLate, unidentified } from './identify-failures.ts'
import { readProxyHeader, type ProxyHeader } from './proxy-header.ts'
import type { SocketReader } from './socket-reader.ts'

/**
 * Takes the PROXY protocol header, with which every connection must begin: who sends it is trusted to tell the client's
 * address, so a guess whether there is one would let any client make itself another. Undefined where it tells no
 * addresses, as in the health checks of a load balancer.
 */
export async function receiveProxyHeader(
  reader: SocketReader,
  deadline: number,
  { identifyTimeoutMs }: PortRule,
): Promise<ProxyHeader['addresses']> {
  const peeked = await reader.peek(readProxyHeader, deadline)
  switch (peeked.kind) {
    case 'done':
      reader.take(peeked.length)
      return peeked.value.addresses
    case 'wrong':
      throw unidentified('no-header', peeked.why)
    case 'late':
      throw tooLate(identifyTimeoutMs)
    case 'end':
    case 'gone':
      throw new ClientEnded()
  }
}
