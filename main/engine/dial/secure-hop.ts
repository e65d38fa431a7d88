import type { Socket } from 'node:net'
import { connect } from 'node:tls'
import { NexthopError, type Failure } from '../../../shared/errors.ts'
import { hostKind } from '../../../shared/model/host.ts'
import type { HopTls } from '../../../shared/model/hop-tls.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { describeHop } from './describe-hop.ts'
import { tlsFailure } from './tls-failure.ts'

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
