import type { IncomingHttpHeaders } from 'node:http'
import { isOwnHost } from './own-host.ts'

// Whether a request may be answered at all, judged by its headers alone.

export interface GuardOptions {
  readonly port: number
  /** Names besides localhost under which the server may be asked. */
  readonly allowedNames: readonly string[]
}

export interface Refusal {
  readonly status: number
  readonly message: string
}

/** The reason to refuse a request; undefined where there is none. */
export function refusal(
  method: string,
  headers: IncomingHttpHeaders,
  options: GuardOptions,
): Refusal | undefined {
  if (!['GET', 'HEAD', 'POST'].includes(method)) {
    return { status: 405, message: 'Only GET, HEAD and POST are served here' }
  }
  if (!isOwnHost(headers.host, options)) {
    return {
      status: 421,
      message: 'This host name is not one of this server: open the link that it printed, or see --allow-host',
    }
  }
  if (!isOwnOrigin(headers)) return { status: 403, message: 'Other web sites may not use this server' }
  return undefined
}

/** Browsers say who asks. Where none does, it is a program, which has to bring the cookie all the same. */
function isOwnOrigin({ origin, host, 'sec-fetch-site': site, 'sec-fetch-mode': mode }: IncomingHttpHeaders) {
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) return false
  // A link or a bookmark may lead here from anywhere; nothing else may.
  return site === undefined || site === 'same-origin' || site === 'none' || mode === 'navigate'
}
