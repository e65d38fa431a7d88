import type { Socket } from 'node:net'
import { NexthopError, type Failure } from '../../../shared/errors.ts'
import { formatEndpoint, type Endpoint } from '../../../shared/model/address.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { describeHop } from './describe-hop.ts'
import { hasLogin, type HandshakeMessages } from './handshake-messages.ts'
import { SocksReplyReader, type ReplyStep } from './socks-reply-reader.ts'

const noBytes = Buffer.alloc(0)

export interface HandshakeOptions {
  readonly signal: AbortSignal
  /** Told when the hop is asked for something new. */
  readonly onStep: (step: ReplyStep) => void
  /** For this hop and target. */
  readonly messages: HandshakeMessages
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
  { signal, onStep, messages }: HandshakeOptions,
): Promise<Buffer> {
  const reader = new SocksReplyReader(hop.version, hasLogin(hop))

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
    const ask = (step: ReplyStep) => {
      onStep(step)
      socket.write(messages[step] ?? noBytes)
    }
    const onData = (chunk: Buffer) => {
      let progress = reader.read(chunk)
      while (progress.kind === 'frame') {
        ask(progress.next)
        progress = reader.read()
      }
      if (progress.kind === 'failed') fail(progress.failure)
      if (progress.kind !== 'granted') return
      socket.pause()
      finish()
      resolve(progress.rest)
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
    ask(reader.step)
    socket.resume()
  })
}

/** The hop ended the connection in the middle of the handshake. */
function endFailure(reader: SocksReplyReader): Pick<Failure, 'code'> & Partial<Failure> {
  if (reader.isSilent) return { code: 'hop-not-socks', looksLike: 'silence' }
  // RFC 1929: the server closes the connection where it refuses the login; some do so without the status before.
  if (reader.step === 'authenticate') return { code: 'hop-auth-failed', login: 'refused' }
  return { code: 'hop-unreachable', errno: 'EOF' }
}
