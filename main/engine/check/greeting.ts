import type { Socket } from 'node:net'
import { NexthopError, toFailure, type Failure } from '../../../shared/errors.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { converse, type Dialogue } from '../dial/converse.ts'
import { composeHandshake } from '../dial/handshake-messages.ts'
import { isSocks4Reply } from '../dial/recognise.ts'
import { said, SocksDialogue, type SocksDialogueOptions } from '../dial/socks-dialogue.ts'

/** Of the hop's own loopback; nothing listens there. */
export const unusedPort = { host: '127.0.0.1', port: 1 }

/**
 * Greets a SOCKS hop and logs in, without asking for a destination. Rejects with a NexthopError, or with the signal's
 * reason.
 */
export async function greet(
  socket: Socket,
  hop: NextHop,
  { onStep, onAnswer }: Pick<SocksDialogueOptions, 'onStep' | 'onAnswer'>,
  signal: AbortSignal,
): Promise<void> {
  const messages = composeHandshake(hop, unusedPort)
  if (hop.version === '5') {
    const { request: _unsent, ...greetings } = messages
    const dialogue = new SocksDialogue(hop, { messages: greetings, onStep, onAnswer })
    await converse(socket, hop, undefined, dialogue, signal)
    return
  }
  const dialogue = new SocksDialogue(hop, { messages, onStep, onAnswer: () => undefined })
  const refusal = await askForUnused(socket, hop, dialogue, signal)
  if (refusal?.reply && !isSocks4Reply(refusal.reply.code)) {
    throw new NexthopError({ ...refusal, code: 'hop-not-socks', looksLike: 'other' })
  }
  onAnswer(said('answered'))
}

/**
 * SOCKS4 and HTTP have no greeting: a request for the unused port must be answered. Resolves with what was answered where
 * that is a refusal: whatever it says of that port, it is the answer that was hoped for.
 */
export async function askForUnused(
  socket: Socket,
  hop: NextHop,
  dialogue: Dialogue,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  try {
    await converse(socket, hop, undefined, dialogue, signal)
    return undefined
  } catch (error) {
    signal.throwIfAborted()
    const failure: Failure = { ...toFailure(error), stage: 'greet' }
    if (failure.reply === undefined || failure.code === 'hop-auth-failed') throw new NexthopError(failure)
    return failure
  }
}
