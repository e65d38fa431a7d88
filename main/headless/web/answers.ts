import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Reply } from '../../../shared/contract.ts'
import type { ErrorCode } from '../../../shared/errors.ts'
import type { Log } from '../../app/log.ts'
import { securityHeaders } from '../../app/security-headers.ts'

// The ways in which the server answers. Every answer passes here and gets the security headers.

/** A server that answers in one way; what goes wrong in that is logged as of a kind of request, and answered. */
export function createAnswering(
  kind: string,
  log: Pick<Log, 'error'>,
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Server {
  return createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // A client that left before it had said all: nothing failed here, and nobody waits.
      if (error === request.errored) return
      log.error(`A ${kind} request failed: ${error instanceof Error ? error.message : String(error)}`)
      if (response.headersSent) response.destroy()
      else sendText(response, 500, 'Something went wrong inside Nexthop: see its log')
    })
  })
}

export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): void {
  const length = Buffer.byteLength(body)
  response.writeHead(status, {
    ...securityHeaders,
    'content-type': type,
    'content-length': length,
    ...headers,
  })
  response.end(response.req.method === 'HEAD' ? undefined : body)
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  send(response, status, 'text/plain; charset=utf-8', `${text}\n`)
}

export function sendHtml(response: ServerResponse, status: number, html: string): void {
  send(response, status, 'text/html; charset=utf-8', html)
}

export function redirect(response: ServerResponse, to: string, cookie: string): void {
  response.writeHead(303, { ...securityHeaders, location: to, 'set-cookie': cookie })
  response.end()
}

const statuses: Readonly<Partial<Record<ErrorCode, number>>> = {
  'bad-request': 400,
  'not-found': 404,
  conflict: 409,
  internal: 500,
}

/**
 * A contract's reply; the status tells the same as `ok` and `code`, for tools that look no further. Browsers would log it
 * as a fault of the page, which reads the reply itself.
 */
export function sendReply(response: ServerResponse, reply: Reply<unknown>): void {
  const isForPage = response.req.headers['sec-fetch-site'] !== undefined
  const status = reply.ok || isForPage ? 200 : (statuses[reply.code] ?? 422)
  sendJson(response, status, reply)
}

/** A refusal by the carrier itself, in the form of the contract's. */
export function sendRefusal(response: ServerResponse, status: number, message: string): void {
  const code: ErrorCode = 'bad-request'
  sendJson(response, status, { ok: false, code, message, failure: { code, message } } satisfies Reply<never>)
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(value))
}
