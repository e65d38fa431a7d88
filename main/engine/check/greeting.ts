import type { Socket } from 'node:net'
import { NexthopError, type Failure } from '../../../shared/errors.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { describeHop } from '../dial/describe-hop.ts'
import { composeHandshake } from '../dial/handshake-messages.ts'
import { answerIn, said, type SocksDialogueOptions } from '../dial/socks-dialogue.ts'
import { SocksReplyReader } from '../dial/socks-reply-reader.ts'
import { readUntil } from './exchange.ts'

// The `socks` package always asks for a destination. Whether a hop speaks SOCKS and takes our login can be found out
// without one, so this sends the first messages alone.

/** Of the hop's own loopback; nothing listens there. */
export const unusedPort = { host: '127.0.0.1', port: 1 }

/**
 * Greets a hop and logs in, without asking for a destination. SOCKS4 has no greeting: there, a request for a port
 * of the hop's own loopback on which nothing listens must be answered, whatever the answer says.
 * Rejects with a NexthopError.
 */
export async function greet(
  socket: Socket,
  hop: NextHop,
  { onStep, onAnswer }: Pick<SocksDialogueOptions, 'onStep' | 'onAnswer'>,
): Promise<void> {
  const reader = new SocksReplyReader(hop)
  const messages = composeHandshake(hop, unusedPort)
  onStep(reader.step)
  socket.write(messages[reader.step] ?? '')
  const result = await readUntil(socket, hop.handshakeTimeoutMs, (chunk) => {
    const progress = reader.read(chunk)
    if (progress.kind === 'waiting') return undefined
    if (progress.kind === 'frame') onAnswer(answerIn(progress, hop))
    if (progress.kind !== 'frame' || progress.next !== 'authenticate') return progress
    onStep('authenticate')
    socket.write(messages.authenticate ?? '')
    return undefined
  })
  const failure = typeof result === 'string' ? endFailure(result, reader, hop) : failureIn(result)
  if (failure) throw new NexthopError({ stage: reader.step, hop: describeHop(hop), ...failure })
  if (hop.version !== '5') onAnswer(said('answered'))
}

type PartialFailure = Pick<Failure, 'code'> & Partial<Failure>

function failureIn(progress: ReturnType<SocksReplyReader['read']>): PartialFailure | undefined {
  if (progress.kind !== 'failed') return undefined
  const { failure } = progress
  // That the loopback port refused is the answer that was hoped for.
  return failure.reply?.version === 4 && failure.code === 'hop-refused' ? undefined : failure
}

function endFailure(end: string, reader: SocksReplyReader, hop: NextHop): PartialFailure {
  if (end === 'timed-out') return { code: 'timeout', stage: 'greet', afterMs: hop.handshakeTimeoutMs }
  const isReset = end === 'reset' && reader.step !== 'authenticate'
  return isReset ? { code: 'hop-unreachable', errno: 'ECONNRESET' } : reader.ended()
}
