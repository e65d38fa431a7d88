import type { IncomingMessage, ServerResponse } from 'node:http'
import { formatEndpoint } from '../../../shared/model/address.ts'
import type { Application } from '../../app/application.ts'
import { loginPage, statusPage } from './pages.ts'
import { createAnswering, redirect, send, sendHtml, sendRefusal, sendText } from './answers.ts'
import { createEventStreams } from './event-stream.ts'
import { listenHttp } from './listen-http.ts'
import { cookieValue, createLogins, type Logins } from './logins.ts'
import { refusal } from './request-guard.ts'
import { answerCall } from './rpc.ts'
import { listStaticFiles } from '../../app/static-files.ts'

// The contract over HTTP. Who speaks to this server can open ports and read traffic statistics, so:
//
// - Other machines: it listens on loopback unless told otherwise. HTTP is in clear, so anywhere else it belongs behind a
//   tunnel or a TLS proxy; "serve" warns.
// - Other users of this machine can reach loopback: every request but the login needs the cookie of a session. A session
//   comes of a link with 256 random bits, which works once, dies after ten wrong attempts, and is printed to the
//   terminal alone. Commands of the same user bring another secret, from a file of mode 0600 (control/control-file.ts).
// - Other web sites in the user's browser: the cookie is SameSite=Strict and HttpOnly, the Origin and Sec-Fetch-Site
//   headers must be our own, and calls must be application/json, which needs a preflight that nobody answers.
// - DNS rebinding: Host must be an address, localhost, or a name that was allowed.
// - Scripts injected into the UI: a strict content security policy; replies are JSON with nosniff.
// - Exhaustion: bodies, streams and sessions are bounded, and slow requests time out (node:http's defaults).
// - Passwords: the contract never gives them out; no reply and no log line holds a token or cookie.

export interface WebServerOptions {
  readonly app: Application
  readonly host: string
  readonly port: number
  readonly allowedNames: readonly string[]
  readonly rendererUrl: URL
}

export interface WebServer {
  readonly port: number
  /** A link that logs in one browser, once; the one before is void. */
  newLink(): string
  /** For commands of the same user: where it is, and what lets them in. */
  readonly control: { readonly url: string; readonly token: string }
  close(): Promise<void>
}

/** Rejects with the system's error where it can't listen. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const { app, host, allowedNames } = options
  const logins = createLogins()
  const streams = createEventStreams(app.hub)
  const server = createAnswering('web', app.log, handle)
  const listener = await listenHttp(server, host, options.port)
  const { port } = listener
  // Cookies ignore ports (RFC 6265 section 8.5): two servers on one machine need two names.
  const cookieName = `nexthop-${port}`
  const origin = `http://${formatEndpoint({ host: reachedAt(host), port })}`

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = request
    const refused = refusal(method, headers, { port, allowedNames })
    if (refused) {
      sendRefusal(response, refused.status, refused.message)
      return
    }
    const { path, query } = splitTarget(request.url)
    if (path === '/login' && method === 'GET') {
      logIn(query.get('token') ?? '', response)
      return
    }
    // Whoever only looks at the link, as "curl -I" and link previews do, must not spend it.
    if (path === '/login' && method === 'HEAD') {
      sendHtml(response, 200, loginPage())
      return
    }
    const isKnown =
      logins.isControl(headers.authorization) || logins.isSession(cookieValue(headers.cookie, cookieName))
    if (method === 'POST') {
      if (isKnown) await answerPost(path, request, response)
      else sendRefusal(response, 401, 'Log in first, with the link that "nexthop serve" prints')
    } else if (isKnown) await answerGet(path, query, response)
    else if (path === '/') sendHtml(response, 401, loginPage())
    else sendText(response, 401, 'Log in first, with the link that "nexthop serve" prints')
  }

  function logIn(token: string, response: ServerResponse): void {
    const session = logins.redeem(token)
    if (session === undefined) sendHtml(response, 403, loginPage(whyRefused(logins, token)))
    else redirect(response, '/', `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`)
  }

  async function answerPost(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = /^\/rpc\/([\w.]{1,64})$/.exec(path)?.[1]
    if (name === undefined) sendRefusal(response, 404, 'There is nothing here: calls are POST /rpc/<name>')
    else await answerCall(name, request, response, app)
  }

  async function answerGet(path: string, query: URLSearchParams, response: ServerResponse): Promise<void> {
    if (path === '/events') {
      streams.answer(query.get('watch'), response)
      return
    }
    const file = listStaticFiles(options.rendererUrl).get(path)
    if (file) send(response, 200, file.type, file.read())
    else if (path === '/') sendHtml(response, 200, statusPage(await app.handlers['state.get']({})))
    else sendText(response, 404, 'There is nothing here')
  }

  return {
    port,
    newLink: () => `${origin}/login?token=${logins.newToken()}`,
    control: { url: origin, token: logins.controlToken },
    close: () => {
      streams.close()
      return listener.close()
    },
  }
}

function whyRefused(logins: Logins, token: string): string {
  return logins.isSpent(token)
    ? 'This link has logged in a browser already.'
    : 'This link is not valid: it may be cut short, a newer one took its place, or ten wrong ones were tried.'
}

/** Where this machine reaches what listens on an address. */
function reachedAt(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  return host === '::' ? '::1' : host
}

/** Paths are compared as they are: nothing that is served here needs decoding. */
function splitTarget(target = '/'): { readonly path: string; readonly query: URLSearchParams } {
  const mark = target.indexOf('?')
  const path = mark < 0 ? target : target.slice(0, mark)
  return { path, query: new URLSearchParams(mark < 0 ? '' : target.slice(mark)) }
}
