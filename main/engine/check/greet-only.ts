import type { Socket } from 'node:net'
import { NexthopError, toFailure, type Stage } from '../../../shared/errors.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { HopAnswer } from '../../../shared/stage-note.ts'
import type { DialHopOptions } from '../dial/dial-hop.ts'
import { HttpDialogue } from '../dial/http-dialogue.ts'
import { openHop } from '../dial/open-hop.ts'
import { said } from '../dial/socks-dialogue.ts'
import { Trace } from '../trace.ts'
import { askForUnused, greet, unusedPort } from './greeting.ts'
import { isFromWebServer } from './is-http-proxy.ts'

/** Connects, greets and logs in, and asks for nothing; the socket is the caller's to close. */
export async function greetOnly(hop: NextHop, options: DialHopOptions) {
  const { trace, signal } = options
  const socket = await openHop(hop, options)
  const onAbort = () => socket.destroy()
  signal.addEventListener('abort', onAbort)
  try {
    if (hop.protocol === 'http') await askHttp(socket, hop, options)
    else {
      const onStep = (step: Stage) => trace.begin(step, hop.name)
      await greet(socket, hop, { onStep, onAnswer: (note) => trace.note(note) }, signal)
    }
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

async function askHttp(socket: Socket, hop: NextHop, { trace, signal }: DialHopOptions): Promise<void> {
  trace.begin('greet', hop.name)
  const refusal = await askForUnused(socket, hop, new HttpDialogue(hop, unusedPort), signal)
  if (isFromWebServer(refusal?.reply)) {
    throw new NexthopError({ ...refusal, code: 'hop-not-socks', looksLike: 'web-server' })
  }
  trace.note(said(hop.user === undefined ? 'wants-no-login' : 'answered'))
}

const patienceMs = 3000

/**
 * What became of the login of an HTTP proxy that works: it came with the first request, so only asking without it shows
 * whether the proxy looked at it. Undefined where that does not. Rejects only with the signal's reason.
 */
export async function httpLoginAnswer(
  { user, password: _password, ...stranger }: NextHop,
  options: DialHopOptions,
): Promise<HopAnswer | undefined> {
  if (stranger.protocol !== 'http' || user === undefined) return undefined
  const handshakeTimeoutMs = Math.min(stranger.handshakeTimeoutMs, patienceMs)
  const trace = new Trace(undefined, false)
  try {
    const socket = await greetOnly({ ...stranger, handshakeTimeoutMs }, { ...options, trace })
    socket.destroy()
    return 'login-not-tried'
  } catch (error) {
    options.signal.throwIfAborted()
    return toFailure(error).code === 'hop-auth-failed' ? 'wants-login' : undefined
  }
}
