import type { Failure } from '../../../shared/errors.ts'
import type { Endpoint } from '../../../shared/model/address.ts'
import { tcpConnect } from '../dial/tcp-connect.ts'
import { readUntil } from './exchange.ts'

/**
 * What servers of documents, and portals of a network, say to CONNECT, with all redirections; a proxy that is asked for a
 * port of its own loopback says other things, and asks for its login with 407.
 */
const notForProxies = [400, 401, 404, 405, 501, 511]

export function isFromWebServer(reply: Failure['reply']): boolean {
  return reply?.version === 'http' && isWebServers(reply.code)
}

function isWebServers(status: number): boolean {
  return notForProxies.includes(status) || (status >= 300 && status < 400)
}

/** Whether something that speaks HTTP is a proxy. Undefined where it does not say. Never rejects. */
export async function isHttpProxy(
  hop: Endpoint,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<boolean | undefined> {
  try {
    const socket = await tcpConnect(hop, { timeoutMs, signal })
    socket.write('CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n')
    let seen = ''
    const result = await readUntil(socket, timeoutMs, (chunk) => {
      seen += chunk.toString('latin1')
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(seen)?.[1]
      return status === undefined ? undefined : { status: Number(status) }
    })
    socket.destroy()
    if (typeof result === 'object') return !isWebServers(result.status)
    // Many servers just close the connection.
    return result === 'timed-out' ? undefined : false
  } catch {
    return undefined
  }
}
