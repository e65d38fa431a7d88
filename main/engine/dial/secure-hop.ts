import type { Socket } from 'node:net'
import { connect } from 'node:tls'
import { NexthopError, type Failure, type TlsProblem } from '../../../shared/errors.ts'
import { hostKind } from '../../../shared/model/host.ts'
import type { HopTls } from '../../../shared/model/hop-tls.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { describeHop } from './describe-hop.ts'

/**
 * TLS over a socket that leads to the hop. Resolves with a socket for what is inside; it is paused, and closing it closes
 * the other. Rejects with a NexthopError, or with the signal's reason; the given socket is the caller's to destroy.
 */
export function secureHop(socket: Socket, hop: NextHop, tls: HopTls, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const fail = (failure: Pick<Failure, 'code'> & Partial<Failure>) => {
      finish()
      secured.destroy()
      reject(new NexthopError({ stage: 'secure', hop: describeHop(hop), ...failure }))
    }
    const onError = ({ code = 'EPROTO' }: NodeJS.ErrnoException) => fail(tlsFailure(code))
    const onClose = () => fail({ code: 'hop-unreachable', errno: 'EOF' })
    const onAbort = () => {
      finish()
      secured.destroy()
      reject(signal.reason as Error)
    }
    const timer = setTimeout(
      () => fail({ code: 'timeout', afterMs: hop.handshakeTimeoutMs }),
      hop.handshakeTimeoutMs,
    )
    const finish = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      secured.off('error', onError).off('close', onClose).off('secureConnect', onSecure)
    }
    const onSecure = () => {
      finish()
      secured.pause()
      resolve(secured)
    }
    const name = tls.serverName ?? hop.host
    const secured = connect({
      socket,
      host: name,
      rejectUnauthorized: tls.verify,
      ...(hostKind(name) === 'name' && { servername: name }),
      ...(tls.ca !== undefined && { ca: tls.ca }),
    })
    // Stays for the socket's life: between two owners there may be nobody else to hear an error.
    secured.on('error', () => undefined)
    secured.once('error', onError).once('close', onClose).once('secureConnect', onSecure)
    signal.addEventListener('abort', onAbort)
    if (signal.aborted) onAbort()
  })
}

/** The names of OpenSSL's and Node's errors, as far as they say something that can be put right. */
const problems: Readonly<Record<string, TlsProblem>> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'unknown-issuer',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown-issuer',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-issuer',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong-name',
  HOSTNAME_MISMATCH: 'wrong-name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'not-tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'not-tls',
  ERR_SSL_HTTP_REQUEST: 'not-tls',
}

function tlsFailure(errno: string): Pick<Failure, 'code'> & Partial<Failure> {
  if (errno === 'ECONNRESET' || errno === 'EPIPE') return { code: 'hop-unreachable', errno }
  return { code: 'hop-tls-failed', tls: problems[errno] ?? 'other', errno }
}
