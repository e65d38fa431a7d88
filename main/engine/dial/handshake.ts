import type { Socket } from 'node:net'
import { SocksClient } from 'socks'
import { NexthopError, type Failure } from '../../../shared/errors.ts'
import { formatEndpoint, type Endpoint } from '../../../shared/model/address.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { describeHop } from './describe-hop.ts'
import { HandshakeChannel } from './handshake-channel.ts'
import { SocksReplyReader, type ReplyStep } from './socks-reply-reader.ts'

export interface HandshakeOptions {
  readonly signal: AbortSignal
  /** Told when the hop is asked for something new. */
  readonly onStep: (step: ReplyStep) => void
}

/**
 * Asks the hop at the other end of a connected socket for a connection to `target`: a name, or an address where it
 * was resolved here. Resolves with the bytes that came after the hop's last answer; the socket is paused then, and
 * nothing listens to it. Rejects with a NexthopError; the socket is the caller's to destroy.
 *
 * RFC 1928, RFC 1929; SOCKS4 and 4a as in OpenSSH's PROTOCOL notes.
 */
export function performHandshake(
  socket: Socket,
  hop: NextHop,
  target: Endpoint,
  { signal, onStep }: HandshakeOptions,
): Promise<Buffer> {
  const hasLogin = hop.version === '5' && Boolean(hop.user ?? hop.password)
  const reader = new SocksReplyReader(hop.version, hasLogin)
  const channel = new HandshakeChannel((bytes) => socket.write(bytes))

  return new Promise<Buffer>((resolve, reject) => {
    const fail = (failure: Pick<Failure, 'code'> & Partial<Failure>) => {
      finish()
      const complete = {
        hop: describeHop(hop),
        target: formatEndpoint(target),
        stage: reader.step,
        ...failure,
      }
      reject(new NexthopError(complete))
    }
    const onData = (chunk: Buffer) => {
      let progress = reader.read(chunk)
      while (progress.kind === 'frame') {
        onStep(progress.next)
        channel.receive(progress.frame)
        progress = reader.read()
      }
      if (progress.kind === 'failed') fail(progress.failure)
      if (progress.kind !== 'granted') return
      const { frame, rest } = progress
      socket.pause()
      finish()
      established.then(() => resolve(rest), ignore)
      channel.receive(frame)
    }
    const onEnd = () => fail(endFailure(reader))
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
    onStep(reader.step)
    const established = SocksClient.createConnection(socksOptions(hop, target, channel))
    // Its failures are told by our own reader; its errors carry the password and must go nowhere.
    established.catch(() => fail({ code: 'hop-not-socks', looksLike: 'other' }))
    socket.resume()
  })
}

/** A rejection is answered where the handshake starts. */
function ignore(): undefined {
  return undefined
}

function socksOptions(hop: NextHop, target: Endpoint, channel: HandshakeChannel) {
  return {
    command: 'connect' as const,
    existing_socket: channel,
    destination: { host: target.host, port: target.port },
    // Our own timer decides; the package does not clear its timer on success, so it must not be the longer one by much.
    timeout: hop.handshakeTimeoutMs + 1000,
    proxy: {
      host: hop.host,
      port: hop.port,
      type: hop.version === '5' ? (5 as const) : (4 as const),
      ...(hop.user !== undefined && { userId: hop.user }),
      ...(hop.password !== undefined && { password: hop.password }),
    },
  }
}

/** The hop ended the connection in the middle of the handshake. */
function endFailure(reader: SocksReplyReader): Pick<Failure, 'code'> & Partial<Failure> {
  if (reader.isSilent) return { code: 'hop-not-socks', looksLike: 'silence' }
  // RFC 1929: the server closes the connection where it refuses the login; some do so without the status before.
  if (reader.step === 'authenticate') return { code: 'hop-auth-failed', login: 'refused' }
  return { code: 'hop-unreachable', errno: 'EOF' }
}
