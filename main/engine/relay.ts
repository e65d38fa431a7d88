import type { Socket } from 'node:net'
import type { Failure } from '../../shared/errors.ts'
import type { CloseReason } from '../../shared/runtime.ts'
import { resetSocket } from './close.ts'
import type { KeepAlive } from './keep-alive.ts'
import { pump } from './pump.ts'
import { WireSocket } from './wire/wire-socket.ts'

// The one relay: moves bytes both ways between a client and its destination, keeps back-pressure, passes on
// half-closes as half-closes and resets as resets.

export type Side = 'client' | 'target'

export interface RelayOptions {
  readonly client: Socket
  readonly target: Socket
  /** What the target sent before the relay began. */
  readonly earlyData: Buffer
  /** Told of every chunk that came from a side, before it is passed on. */
  readonly onBytes: (from: Side, bytes: number) => void
  /**
   * Asked when the target ends: the failure of a hop on the way that has died, so that the end is not the target's word
   * and must not look like one.
   */
  readonly findBreak: () => Promise<Failure | undefined>
  readonly keepAlive: Pick<KeepAlive, 'later'>
}

/**
 * Relays until both sockets are closed. Resolves with who ended it and how; never rejects. To end it from outside,
 * destroy or reset both sockets.
 */
export function relay(options: RelayOptions): Promise<CloseReason> {
  const { client, target, earlyData, onBytes, findBreak, keepAlive } = options
  return new Promise((resolve) => {
    let reason: CloseReason | undefined
    let openSockets = 2
    const stopKeepAlive = keepAlive.later(client, target)

    const passOn = (from: Socket, to: Socket, side: Side) => {
      const onEnd = async () => {
        reason ??= { by: side, how: 'end' }
        // A client that has ended may still wait for the rest of an answer.
        const failure = side === 'target' ? await findBreak() : undefined
        if (!failure || to.destroyed) return endSocket(to)
        reason = { by: 'hop', how: 'reset', failure }
        resetSocket(to)
        resetSocket(from)
      }
      const onError = () => {
        // The side that fails second only shows what we did to it.
        if (reason?.how !== 'reset') reason = { by: side, how: 'reset' }
        resetSocket(to)
      }
      const onClose = () => {
        // Closed without an end and without an error: somebody inside Nexthop did it.
        if (!from.readableEnded) reason ??= { by: 'nexthop', how: 'closed' }
        if (!to.destroyed && !from.readableEnded) resetSocket(to)
        openSockets -= 1
        if (openSockets > 0) return
        stopKeepAlive()
        resolve(reason ?? { by: 'nexthop', how: 'closed' })
      }
      from.on('end', () => void onEnd())
      from.on('error', onError)
      from.on('close', onClose)
      // A client that sends nothing can have ended while its connection was being made.
      if (from.readableEnded) void onEnd()
      if (from.destroyed) onClose()
    }

    passOn(client, target, 'client')
    passOn(target, client, 'target')
    if (earlyData.length > 0) {
      onBytes('target', earlyData.length)
      client.write(earlyData)
    }
    pump(target, client, (chunk) => onBytes('target', chunk.length))
    pump(client, target, (chunk) => onBytes('client', chunk.length))
  })
}

/** Passes on an end. Where both directions have ended and nothing waits, closing says the same with less work. */
function endSocket(socket: Socket): void {
  const isDone = socket.readableEnded && socket.writableLength === 0
  // TLS has a word of its own to say before.
  if (isDone && socket instanceof WireSocket) socket.destroy()
  else socket.end()
}
