import type { IncomingMessage, ServerResponse } from 'node:http'
import { problemsOf } from '../../../shared/problems.ts'
import type { Application } from '../../app/application.ts'
import { createAnswering, send, sendText } from '../web/answers.ts'
import { listenHttp, type HttpListener } from '../web/listen-http.ts'
import { isOwnHost } from '../web/own-host.ts'
import { prometheusText, prometheusType } from './prometheus.ts'

// What monitoring asks for, on loopback, without a login: names of rules and hops, counts and states. There is nothing
// to change here and no secret to read; who may not see even that must not have a shell on this machine.
//
// - Other web sites in a browser of this machine: Host must be an address or localhost (DNS rebinding), no CORS header
//   lets a page read the answer, and requests that a page makes across sites are refused.

const host = '127.0.0.1'

export async function startMetricsServer(app: Application, port: number): Promise<HttpListener> {
  const server = createAnswering('metrics', app.log, (request, response) => answer(app, request, response))
  return listenHttp(server, host, port)
}

async function answer(app: Application, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '', headers } = request
  if (!isOwnHost(headers.host, { allowedNames: [] }) || headers['sec-fetch-site'] === 'cross-site') {
    sendText(response, 403, 'Ask by 127.0.0.1 or localhost')
  } else if (method !== 'GET' && method !== 'HEAD') {
    sendText(response, 405, 'There is only GET and HEAD here')
  } else if (url === '/metrics') {
    send(response, 200, prometheusType, prometheusText(await app.handlers['state.get']({})))
  } else if (url === '/healthz') {
    await answerHealth(app, response)
  } else {
    sendText(response, 404, 'There is nothing here but /metrics and /healthz')
  }
}

/** 200 while the engine runs and every rule that is on listens. Hops come and go, and are told, but are no reason. */
async function answerHealth(app: Application, response: ServerResponse): Promise<void> {
  const state = await app.handlers['state.get']({})
  const problems = problemsOf(state)
  const unbound = state.runtime.rules.filter(({ status }) => status.state === 'unbound')
  const isGrave =
    unbound.length > 0 || problems.some(({ kind }) => kind === 'rule-failed' || kind === 'engine-down')
  const nameOf = (id: string) => state.config.rules.find((rule) => rule.id === id)?.name ?? id
  const told = [
    ...problems.map(({ kind, name }) => ({ kind, name })),
    // As its owner wants it, so no problem in the window; but nobody can connect.
    ...unbound.map(({ ruleId }) => ({ kind: 'rule-unbound', name: nameOf(ruleId) })),
  ]
  const body = { status: isGrave ? 'failing' : 'ok', problems: told }
  send(response, isGrave ? 503 : 200, 'application/json', `${JSON.stringify(body)}\n`)
}
