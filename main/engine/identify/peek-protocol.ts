import type { Socket } from 'node:net'
import type { DetectedProtocol } from '../../../shared/model/client-protocol.ts'
import { detectProtocol } from './detect-protocol.ts'
import { ClientEnded } from './identify-failures.ts'
import { done, more, type Reading } from './reading.ts'
import { SocketReader } from './socket-reader.ts'

/**
 * How long a client may take to begin to speak where its protocol is asked for: those that speak first do so at once, and
 * those that wait for the server are held up by no more than this.
 */
export const protocolWaitMs = 300

export interface PeekOptions {
  readonly socket: Socket
  readonly signal: AbortSignal
  /** What it sent already. */
  readonly received: Buffer
  /** Told of all that it sent by then, which nobody got yet. */
  readonly onReceived: (received: Buffer) => void
}

/**
 * What a client speaks, by its first bytes. Takes none of them: all are in `onReceived`. Rejects where the client is
 * gone. The socket is paused then, and nothing listens to it.
 */
export async function peekProtocol(options: PeekOptions): Promise<DetectedProtocol> {
  const reader = new SocketReader(options.socket, options.received)
  try {
    const peeked = await reader.peek(readProtocol, performance.now() + protocolWaitMs)
    options.signal.throwIfAborted()
    if (peeked.kind === 'gone') throw new ClientEnded()
    return peeked.kind === 'done' ? peeked.value : 'unknown'
  } finally {
    options.onReceived(reader.release())
  }
}

export function readProtocol(bytes: Buffer): Reading<DetectedProtocol> {
  const detection = detectProtocol(bytes)
  return detection === 'more' ? more : done(detection, 0)
}
