import type { Socket } from 'node:net'
import { NexthopError, type Failure } from '../../../shared/errors.ts'
import { formatEndpoint, type Endpoint } from '../../../shared/model/address.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { describeHop } from './describe-hop.ts'

/** No proxy's answer to CONNECT is longer; what is, is something else. */
const mostHeadBytes = 32 * 1024
const headEnd = '\r\n\r\n'

/**
 * Asks an HTTP proxy for a connection to `target` (RFC 9110 section 9.3.6). Resolves with the bytes that came after its
 * answer; the socket is paused then, and nothing listens to it. Rejects with a NexthopError, or with the signal's
 * reason; the socket is the caller's to destroy.
 */
export function connectThroughHttp(
  socket: Socket,
  hop: NextHop,
  target: Endpoint,
  signal: AbortSignal,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let seen: Buffer = Buffer.alloc(0)
    const fail = (failure: PartialFailure) => {
      finish()
      const common = { stage: 'request', hop: describeHop(hop), target: formatEndpoint(target) } as const
      reject(new NexthopError({ ...common, ...failure }))
    }
    const onData = (chunk: Buffer) => {
      seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk])
      if (!couldBeHttp(seen)) return fail({ code: 'hop-not-socks', looksLike: recogniseAnswer(seen) })
      const end = seen.indexOf(headEnd)
      if (end < 0) {
        if (seen.length > mostHeadBytes) fail({ code: 'hop-not-socks', looksLike: 'other' })
        return
      }
      const status = statusOf(seen.toString('latin1', 0, end))
      const failure = status === undefined ? notHttp : failureOf(status, hop)
      if (failure) return fail(failure)
      socket.pause()
      finish()
      resolve(seen.subarray(end + headEnd.length))
    }
    const onEnd = () =>
      fail(
        seen.length === 0
          ? { code: 'hop-not-socks', looksLike: 'silence' }
          : { code: 'hop-unreachable', errno: 'EOF' },
      )
    const onError = ({ code }: NodeJS.ErrnoException) =>
      fail({ code: 'hop-unreachable', errno: code ?? 'EOF' })
    const onClose = () => fail({ code: 'hop-unreachable', errno: 'ECONNRESET' })
    const onAbort = () => {
      finish()
      reject(signal.reason as Error)
    }
    const timer = setTimeout(
      () => fail({ code: 'timeout', afterMs: hop.handshakeTimeoutMs }),
      hop.handshakeTimeoutMs,
    )
    const finish = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      socket.off('data', onData).off('end', onEnd).off('error', onError).off('close', onClose)
    }

    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort)
    socket.on('data', onData).on('end', onEnd).on('error', onError).on('close', onClose)
    socket.write(connectRequest(hop, target))
    socket.resume()
  })
}

type PartialFailure = Pick<Failure, 'code'> & Partial<Failure>

const notHttp: PartialFailure = { code: 'hop-not-socks', looksLike: 'other' }

/** RFC 9110 section 9.3.6, with a login as in RFC 7617. */
export function connectRequest({ user, password = '' }: NextHop, target: Endpoint): string {
  const address = formatEndpoint(target)
  const login = user === undefined ? '' : Buffer.from(`${user}:${password}`).toString('base64')
  return (
    `CONNECT ${address} HTTP/1.1\r\nHost: ${address}\r\n` +
    (login === '' ? '' : `Proxy-Authorization: Basic ${login}\r\n`) +
    '\r\n'
  )
}

function couldBeHttp(bytes: Buffer): boolean {
  const start = 'HTTP/'.slice(0, bytes.length)
  return bytes.toString('latin1', 0, start.length) === start
}

function statusOf(head: string): number | undefined {
  const match = /^HTTP\/1\.[01] (\d{3})(?: |\r|$)/.exec(head)
  return match ? Number(match[1]) : undefined
}

/** What a status says of hop and destination; undefined for those that grant. */
export function failureOf(status: number, { user }: Pick<NextHop, 'user'>): PartialFailure | undefined {
  if (status >= 200 && status < 300) return undefined
  const reply = { version: 'http', code: status } as const
  if (status === 407) {
    return { code: 'hop-auth-failed', login: user === undefined ? 'missing' : 'refused', reply }
  }
  if (status === 502 || status === 503 || status === 504) return { code: 'target-unreachable', reply }
  return { code: 'hop-refused', reply }
}

function recogniseAnswer(bytes: Buffer): NonNullable<Failure['looksLike']> {
  const [first, second] = bytes
  if (bytes.toString('latin1', 0, 4) === 'SSH-') return 'ssh'
  if ((first === 0x15 || first === 0x16) && (second === undefined || second === 3)) return 'tls'
  return first === 5 ? 'socks5' : 'other'
}
