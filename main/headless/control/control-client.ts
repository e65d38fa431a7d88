import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http'
import type { AppEvent, CallInput, CallName, CallOutput, Client, Reply } from '../../../shared/contract.ts'
import type { ControlInfo } from './control-file.ts'

/** The contract of a "nexthop serve" on this machine. */
export interface ControlClient extends Client {
  /** Ends what is under way. */
  close(): void
}

/** Twice the time within which a server that is well says something (see web/event-stream.ts), and a little more. */
const silenceMs = 40_000

/** An answer that is none: what answers at this address is not the server that was meant, or not any more. */
export class WrongServer extends Error {}

/** Something is there, and says nothing. */
export class SilentServer extends Error {}

/** How long a server may take for its first word; one that is well needs milliseconds. */
export const patienceMs = 3000

/** Rejects with SilentServer where an answer takes too long, or the signal is aborted before. */
export async function inTime<T>(answer: Promise<T>, signal?: AbortSignal): Promise<T> {
  const end = AbortSignal.any([AbortSignal.timeout(patienceMs), ...(signal ? [signal] : [])])
  const silence = new Promise<never>((_resolve, reject) => {
    const give = () => {
      reject(new SilentServer())
    }
    if (end.aborted) give()
    else end.addEventListener('abort', give, { once: true })
  })
  return Promise.race([answer, silence])
}

/**
 * Speaks to the server that a control file tells of. Calls reject where it can't be reached, with the system's error, and
 * with WrongServer where something else answers.
 */
export function createControlClient({ url, token }: Pick<ControlInfo, 'url' | 'token'>): ControlClient {
  // Of its own: the usual one may be told by the environment to go through a proxy.
  const agent = new Agent({ keepAlive: true })
  const streams = new Set<ClientRequest>()
  const headers = { authorization: `Bearer ${token}` }

  async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<Reply<CallOutput<N>>> {
    const body = JSON.stringify(input)
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const type = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
      const options = { agent, method: 'POST', headers: { ...headers, ...type } }
      request(new URL(`/rpc/${name}`, url), options, resolve)
        .once('error', (error) => {
          reject(speaksOtherwise(error) ? new WrongServer() : error)
        })
        .end(body)
    })
    const text = await readText(response)
    // A refusal by the carrier itself: the token is not known there.
    if (response.statusCode === 401) throw new WrongServer()
    return parse<Reply<CallOutput<N>>>(text)
  }

  return {
    request: call,
    subscribe: (watch, onEvent, onConnection) => {
      let isOver = false
      const lost = () => {
        if (!isOver) onConnection?.('lost')
        isOver = true
      }
      const stream = request(
        new URL(`/events?watch=${watch.join()}`, url),
        { agent, headers },
        (response) => {
          if (response.statusCode !== 200) return lost()
          onConnection?.('open')
          readEvents(response, onEvent)
          response.once('close', lost)
        },
      )
      streams.add(stream)
      stream.setTimeout(silenceMs, () => stream.destroy())
      stream.once('error', lost).once('close', () => streams.delete(stream))
      stream.end()
      return () => {
        isOver = true
        stream.destroy()
      }
    },
    close: () => {
      for (const stream of streams) stream.destroy()
      agent.destroy()
    },
  }
}

/** Whether what is there now does not speak HTTP, or ends connections where HTTP would be spoken. */
function speaksOtherwise({ code = '' }: NodeJS.ErrnoException): boolean {
  return code.startsWith('HPE_') || code === 'EPIPE' || code === 'ETIMEDOUT'
}

/** Server-sent events: each is a line "data: …" and an empty one; comments begin with a colon. */
function readEvents(response: IncomingMessage, onEvent: (event: AppEvent) => void): void {
  let pending = ''
  response.setEncoding('utf8').on('data', (text: string) => {
    const lines = (pending + text).split('\n')
    pending = lines.pop() ?? ''
    for (const line of lines) if (line.startsWith('data: ')) onEvent(parse(line.slice('data: '.length)))
  })
}

async function readText(response: IncomingMessage): Promise<string> {
  const parts: string[] = []
  for await (const part of response.setEncoding('utf8') as AsyncIterable<string>) parts.push(part)
  return parts.join('')
}

/** The server's types are ours: it is the same program. */
function parse<T>(text: string): T {
  try {
    return JSON.parse(text) as T
  } catch {
    throw new WrongServer()
  }
}
