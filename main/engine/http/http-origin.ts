import { parseHost } from '../../../shared/model/host.ts'
import type { NamedClue } from '../../../shared/clue.ts'
import type { Endpoint } from '../../../shared/model/address.ts'
import { headerValues, type RequestHead } from './http-head.ts'

// Where an HTTP/1 request wants to go: the forms of a request target in RFC 9112 section 3.2, and the Host header.

export type RequestOrigin =
  /** CONNECT host:port */
  | { readonly kind: 'tunnel'; readonly endpoint: Endpoint }
  /** GET http://host:port/path; `path` is the target for the origin server. */
  | { readonly kind: 'absolute'; readonly endpoint: Endpoint; readonly path: string }
  /** GET /path, with a Host header. */
  | { readonly kind: 'host'; readonly endpoint: Endpoint }
  | { readonly kind: 'none'; readonly why: NamedClue }

const httpPort = 80

/** @param defaultPort for a Host header without a port */
export function originOf(head: RequestHead, defaultPort = httpPort): RequestOrigin {
  if (head.method === 'CONNECT') return tunnelOf(head.target)
  const absolute = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^#]*)/i.exec(head.target)
  if (absolute) return absoluteOf(absolute[1] ?? '', absolute[2] ?? '', absolute[3] ?? '', head.method)
  const [host, second] = headerValues(head.headers, 'host')
  if (host === undefined) return { kind: 'none', why: 'http-no-host' }
  if (second !== undefined) return { kind: 'none', why: 'http-several-hosts' }
  const endpoint = parseAuthority(host, defaultPort)
  return endpoint ? { kind: 'host', endpoint } : { kind: 'none', why: 'http-host-invalid' }
}

function tunnelOf(target: string): RequestOrigin {
  const endpoint = parseAuthority(target, undefined)
  return endpoint ? { kind: 'tunnel', endpoint } : { kind: 'none', why: 'http-connect-invalid' }
}

function absoluteOf(scheme: string, authority: string, rest: string, method: string): RequestOrigin {
  if (scheme.toLowerCase() !== 'http') {
    return { kind: 'none', why: 'http-needs-connect' }
  }
  // A login in the URL is not for the origin server (RFC 9110 section 4.2.4).
  const endpoint = parseAuthority(authority.slice(authority.lastIndexOf('@') + 1), httpPort)
  if (!endpoint) return { kind: 'none', why: 'http-address-invalid' }
  // OPTIONS for the whole server: RFC 9112 section 3.2.4.
  if (rest === '' && method === 'OPTIONS') return { kind: 'absolute', endpoint, path: '*' }
  return { kind: 'absolute', endpoint, path: rest.startsWith('/') ? rest : `/${rest}` }
}

/** Parses `host`, `host:port`, `[::1]:port`; undefined where it is not valid, or has no port and needs one. */
export function parseAuthority(text: string, defaultPort: number | undefined): Endpoint | undefined {
  const match = /^(\[[^\]]*\]|[^:]*)(?::(\d{0,5}))?$/.exec(text)
  const host = match && parseHost(match[1] ?? '')
  if (!host?.ok) return undefined
  // A colon without a port stands for the default one (RFC 3986 section 3.2.3).
  const port = match?.[2] ? Number(match[2]) : defaultPort
  if (port === undefined || port < 1 || port > 65535) return undefined
  return { host: host.host.text, port }
}
