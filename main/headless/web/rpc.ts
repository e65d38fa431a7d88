import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Application } from '../../app/application.ts'
import { sendRefusal, sendReply } from './answers.ts'

const mostBytes = 4 * 1024 * 1024

/** POST /rpc/<name>: one call of the contract, its input as JSON. */
export async function answerCall(
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  app: Pick<Application, 'dispatch'>,
): Promise<void> {
  // A form of another site can send text, but not this type without asking first (CORS preflight).
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    sendRefusal(response, 415, 'Send the input as application/json')
    return
  }
  const text = await readBody(request)
  if (text === undefined) {
    response.shouldKeepAlive = false
    sendRefusal(response, 413, `The input is too large: at most ${mostBytes} bytes`)
    return
  }
  const input = parseJson(text)
  if (input.ok) sendReply(response, await app.dispatch(name, input.value))
  else sendRefusal(response, 400, 'The input is not JSON')
}

/** The whole body as text; undefined where it is too large. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return undefined
  const chunks: Buffer[] = []
  let size = 0
  // Leaving the loop early must not destroy the socket, which the refusal still needs.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > mostBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseJson(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: text === '' ? {} : (JSON.parse(text) as unknown) }
  } catch {
    return { ok: false }
  }
}
