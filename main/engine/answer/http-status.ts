import type { Failure } from '../../../shared/errors.ts'
import { explain } from '../../../shared/texts/explain.ts'
import { toAscii, type ReportSubject } from '../../../shared/texts/client-report.ts'

export interface HttpStatus {
  readonly code: 400 | 403 | 408 | 502 | 503 | 504
  readonly words: string
}

/** 400 and 408 where the client did not say where to, 503 where it is known when to try again, 504 for time-outs, 403 for what a rule forbids, else 502. */
export function httpStatus({ code, stage, waitMs, afterMs }: Failure): HttpStatus {
  if (stage === 'identify' && code === 'bad-request') return { code: 400, words: 'Bad Request' }
  if (stage === 'identify' && code === 'timeout') return { code: 408, words: 'Request Timeout' }
  if (code === 'blocked') return { code: 403, words: 'Forbidden' }
  if (waitMs !== undefined) return { code: 503, words: 'Service Unavailable' }
  if (code === 'timeout' || (code === 'name-not-found' && afterMs !== undefined)) {
    return { code: 504, words: 'Gateway Timeout' }
  }
  return { code: 502, words: 'Bad Gateway' }
}

/** Seconds, where it is known when the hop is tried again. */
export function retryAfter({ waitMs }: Failure): number | undefined {
  return waitMs === undefined ? undefined : Math.max(1, Math.ceil(waitMs / 1000))
}

/** The value of a Proxy-Status field: RFC 9209, with the hop and the reason for clients of this machine alone. */
export function proxyStatus({ failure, isLocal }: ReportSubject): string {
  const parts = ['nexthop', `error=${proxyError(failure)}`]
  if (isLocal) {
    if (failure.hop) parts.push(`next-hop=${quoted(failure.hop.address)}`)
    parts.push(`details=${quoted(explain(failure).what)}`)
  }
  return parts.join('; ')
}

/** A string of RFC 8941 section 3.3.3. */
function quoted(text: string): string {
  return `"${toAscii(text).replace(/[\\"]/g, '\\$&')}"`
}

/** The error types of RFC 9209 section 2.3. */
function proxyError(failure: Failure): string {
  switch (failure.code) {
    case 'blocked':
      return 'http_request_denied'
    case 'timeout':
      return 'connection_timeout'
    case 'name-not-found':
      return failure.afterMs === undefined ? 'dns_error' : 'dns_timeout'
    case 'loop':
      return 'proxy_loop_detected'
    case 'target-refused':
      return 'connection_refused'
    case 'target-unreachable':
      return 'destination_ip_unroutable'
    case 'hop-refused':
      return 'destination_unavailable'
    case 'hop-unreachable':
      return unreachable(failure.errno)
    case 'hop-tls-failed':
      return failure.tls === 'not-tls' ? 'tls_protocol_error' : 'tls_certificate_error'
    case 'hop-not-socks':
    case 'hop-auth-failed':
    case 'bad-request':
      return 'proxy_configuration_error'
    default:
      return 'proxy_internal_error'
  }
}

function unreachable(errno: string | undefined): string {
  switch (errno) {
    case 'ECONNREFUSED':
      return 'connection_refused'
    case 'ECONNRESET':
    case 'EPIPE':
    case 'EOF':
      return 'connection_terminated'
    default:
      return 'destination_ip_unroutable'
  }
}
