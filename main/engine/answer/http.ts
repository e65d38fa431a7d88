import type { TextLanguage } from '../../../shared/texts/explain.ts'
import { reportToClient, type ReportSubject } from '../../../shared/texts/client-report.ts'
import { headerList, readRequestHead, type RequestHead } from '../http/http-head.ts'
import { last, wait, type Answer } from './answer.ts'
import { failurePage } from './http-page.ts'
import { httpStatus, proxyStatus, retryAfter } from './http-status.ts'

/** A response to an HTTP/1 request: a page for browsers, plain text for others. */
export const answerHttp: Answer = (heard, subject, isAll) => {
  const head = readRequestHead(heard)
  if (head.kind === 'more' && !isAll) return wait
  return last(httpResponse(subject, head.kind === 'done' ? head.value : undefined))
}

/** The whole response that tells why a connection failed. */
export function httpResponse(subject: ReportSubject, request: RequestHead | undefined): string {
  const { code, words } = httpStatus(subject.failure)
  const { body, headers } = httpContent(subject, request)
  const head = [
    `HTTP/1.1 ${code} ${words}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    'connection: close',
  ]
  // A response to HEAD tells the length of a body that does not come (RFC 9110 section 9.3.2).
  return `${head.join('\r\n')}\r\n\r\n${request?.method === 'HEAD' ? '' : body}`
}

export interface HttpContent {
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

export function httpContent(subject: ReportSubject, request: RequestHead | undefined): HttpContent {
  const language = preferredLanguage(request)
  const status = httpStatus(subject.failure)
  const report = reportToClient(subject, language)
  const isPage = request !== undefined && headerList(request.headers, 'accept').some(isHtml)
  const body = isPage
    ? failurePage(report, status, language)
    : `${report.title} (${status.code} ${status.words})\n\n${report.reason}\n\n${report.reference}\n`
  const retry = retryAfter(subject.failure)
  return {
    body,
    headers: [
      ['content-type', `text/${isPage ? 'html' : 'plain'}; charset=utf-8`],
      ['content-length', String(Buffer.byteLength(body))],
      ['content-language', language],
      ['content-security-policy', "default-src 'none'; style-src 'unsafe-inline'"],
      ['x-content-type-options', 'nosniff'],
      ['cache-control', 'no-store'],
      ['proxy-status', proxyStatus(subject)],
      ...(retry === undefined ? [] : [['retry-after', String(retry)] as const]),
    ],
  }
}

function isHtml(type: string): boolean {
  return /^text\/html\b/.test(type)
}

/** German where it is asked for first; English for all others. */
function preferredLanguage(request: RequestHead | undefined): TextLanguage {
  const [first = ''] = request ? headerList(request.headers, 'accept-language') : []
  return /^de\b/.test(first) ? 'de' : 'en'
}
