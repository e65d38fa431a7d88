import type { Socket } from 'node:net'
import { NexthopError, type Failure, type Stage } from '../../../shared/errors.ts'
import { formatEndpoint, type Endpoint } from '../../../shared/model/address.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { describeHop } from './describe-hop.ts'
import { isTlsError, tlsFailure } from './tls-failure.ts'

export type PartialFailure = Pick<Failure, 'code'> & Partial<Failure>

/** What came of the bytes that a hop sent. */
export type Heard =
  | { readonly kind: 'waiting' }
  /** The last answer; `rest` came after it and belongs to the destination. */
  | { readonly kind: 'granted'; readonly rest: Buffer }
  | { readonly kind: 'failed'; readonly failure: PartialFailure }

/** How a hop is asked for a connection in its protocol. */
export interface Dialogue {
  /** At which step it is. */
  readonly stage: Stage
  begin(say: (bytes: Buffer | string) => void): void
  read(chunk: Buffer, say: (bytes: Buffer | string) => void): Heard
  /** Why it failed where the hop ends now. */
  ended(): PartialFailure
}

/**
 * Leads a dialogue with the hop at the other end of a connected socket; without a target where nothing is asked for that
 * anybody wants. Resolves with the bytes that came after the hop's last answer; the socket is paused then, and nothing
 * listens to it. Rejects with a NexthopError, or with the signal's reason; the socket is the caller's to destroy.
 */
export function converse(
  socket: Socket,
  hop: NextHop,
  target: Endpoint | undefined,
  dialogue: Dialogue,
  signal: AbortSignal,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const say = (bytes: Buffer | string) => void socket.write(bytes)
    const fail = (failure: PartialFailure) => {
      finish()
      const common = { stage: dialogue.stage, hop: describeHop(hop) }
      const asked = target && { target: formatEndpoint(target) }
      reject(new NexthopError({ ...common, ...asked, ...failure }))
    }
    const onData = (chunk: Buffer) => {
      const heard = dialogue.read(chunk, say)
      if (heard.kind === 'failed') fail(heard.failure)
      if (heard.kind !== 'granted') return
      socket.pause()
      finish()
      resolve(heard.rest)
    }
    const onEnd = () => fail(dialogue.ended())
    const brokenOff = (error: NodeJS.ErrnoException | null, otherwise: string) => {
      const errno = error?.code ?? otherwise
      fail(isTlsError(errno) ? tlsFailure(errno) : { code: 'hop-unreachable', errno })
    }
    const onError = (error: NodeJS.ErrnoException) => brokenOff(error, 'EOF')
    const onClose = () => brokenOff(socket.errored, 'ECONNRESET')
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
    // Its last event came before anybody listened here.
    if (socket.destroyed) return onClose()
    signal.addEventListener('abort', onAbort)
    socket.on('data', onData).on('end', onEnd).on('error', onError).on('close', onClose)
    dialogue.begin(say)
    socket.resume()
  })
}
