import type { Socket } from 'node:net'
import type { ReportSubject } from '../../../shared/texts/client-report.ts'
import type { PortRule } from '../../../shared/model/port-rule.ts'
import { resetSocket } from '../close.ts'
import { chooseAnswer, speaksServerFirst, type NamedAnswer } from './choose-answer.ts'
import { ClientEar } from './client-ear.ts'
import type { ClientAnswers } from '../identify/client-answers.ts'
import { lingerAndEnd } from '../linger.ts'

export interface AnswerRequest {
  readonly socket: Socket
  /** What the client said already. */
  readonly received: Buffer
  /** For a client that asked Nexthop itself for a connection, as a SOCKS or HTTP proxy. */
  readonly prepared: ClientAnswers | undefined
  readonly onFailure: PortRule['onFailure']
  /** Of the destination. */
  readonly port: number
  readonly subject: ReportSubject
}

/** How it went; `protocol` where an answer was sent. */
export type Answered =
  { readonly how: 'reset' } | { readonly how: 'closed' } | { readonly how: 'end'; readonly protocol: string }

/** A client whose protocol begins with its own words has said them by then, unless it is a person. */
const clientFirstMs = 300
/** Where the server speaks first, the client says nothing: only what has arrived already is looked at. */
const serverFirstMs = 20
/** For the rest of a message that has begun. */
const messageMs = 1000
/**
 * Answers before this one may wait for the client of an HTTP proxy to read them. No idle time-out counts here: this keeps
 * a client that never reads from staying for ever.
 */
const flushMs = 120_000

/**
 * Tells a client that nothing was sent to yet why its connection failed, in its own protocol, and closes in good order.
 * Where there is no such answer, or the rule says so, it sees a reset. Never rejects; resolves when it is told.
 */
export async function answerClient(request: AnswerRequest): Promise<Answered> {
  const { socket, received, onFailure } = request
  if (onFailure === 'reset' || socket.destroyed) return reset(socket)
  if (onFailure === 'close') return end(socket, { how: 'closed' })
  if (request.prepared) {
    const { protocol } = request.prepared
    return end(socket, { how: 'end', protocol }, request.prepared.failed(request.subject))
  }
  const ear = new ClientEar(socket, received)
  const chosen = await choose(ear, request.port)
  if (!chosen || socket.destroyed) return reset(socket)
  await converse(chosen, ear, request)
  return end(socket, { how: 'end', protocol: chosen.protocol })
}

/** `answered`: how it went, unless the client takes not all of it. */
async function end(socket: Socket, answered: Answered, last: Buffer = Buffer.alloc(0)): Promise<Answered> {
  await lingerAndEnd(socket, { last, flushMs })
  return socket.writableFinished ? answered : reset(socket)
}

function reset(socket: Socket): Answered {
  resetSocket(socket)
  return { how: 'reset' }
}

async function choose(ear: ClientEar, port: number): Promise<NamedAnswer | undefined> {
  if (ear.heard.length === 0) {
    await ear.more(performance.now() + (speaksServerFirst(port) ? serverFirstMs : clientFirstMs))
  }
  const deadline = performance.now() + messageMs
  let chosen = chooseAnswer(ear.heard, port)
  while (chosen === 'more' && (await ear.more(deadline))) chosen = chooseAnswer(ear.heard, port)
  return chosen === 'more' ? undefined : chosen
}

async function converse({ answer }: NamedAnswer, ear: ClientEar, request: AnswerRequest): Promise<void> {
  const { socket, subject } = request
  const deadline = performance.now() + messageMs
  let isAll = false
  for (;;) {
    const step = answer(ear.heard, subject, isAll)
    if (step.kind === 'wait') {
      if (isAll) return
      isAll = !(await ear.more(deadline)) || ear.hasEnded
      continue
    }
    if (!socket.writable) return
    socket.write(step.bytes)
    if (step.kind === 'last') return
    ear.use(step.used)
  }
}
