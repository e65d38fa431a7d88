import { say, type Said } from '../told.ts'
import { formatEndpoint, type Endpoint } from './address.ts'
import { parseEndpoint, parsePort, refuse, type Parsed } from './parse-address.ts'
import { parseHost } from './host.ts'
import type { NextHop, ResolveAt, SocksVersion } from './next-hop.ts'

// Next hops as URLs, with curl's schemes: socks4 and socks5 resolve names here, socks4a and socks5h at the hop; http is an
// HTTP proxy, https one inside TLS. "+tls" after a SOCKS scheme means SOCKS inside TLS.

export interface HopAddress {
  readonly host: string
  readonly port: number
  /** Absent for SOCKS. */
  readonly protocol?: 'http'
  readonly version: SocksVersion
  readonly resolveAt: ResolveAt
  readonly user?: string
  readonly password?: string
  /** Absent where the connection to the hop is not secured. */
  readonly tls?: { readonly verify?: boolean }
}

type Kind = Pick<HopAddress, 'protocol' | 'version' | 'resolveAt' | 'tls'>

const schemes: Readonly<Record<string, Kind>> = {
  socks4: { version: '4', resolveAt: 'here' },
  socks4a: { version: '4a', resolveAt: 'hop' },
  socks5: { version: '5', resolveAt: 'here' },
  socks5h: { version: '5', resolveAt: 'hop' },
  http: { protocol: 'http', version: '5', resolveAt: 'hop' },
  https: { protocol: 'http', version: '5', resolveAt: 'hop', tls: {} },
}

const defaultPorts: Readonly<Record<string, string>> = { http: '8080', https: '443' }
const defaultPort = '1080'

/** A path, a query or a fragment. */
const withMore = /^[a-z0-9+.-]+:\/\/[^/?#]+[/?#]./i

/** Parses `socks5://user:pass@10.0.0.5:1080`. No message repeats the login. */
export function parseHopUrl(text: string): Parsed<HopAddress> {
  const match = /^([a-z0-9+.-]+):\/\/(?:(.*)@)?([^@/?#]*)\/?$/i.exec(text.trim())
  if (!match && withMore.test(text.trim())) {
    return refuse(say('the URL of a next hop ends behind its host and port: leave out what follows'))
  }
  if (!match) return refuse(notUrl(text))
  const [, scheme = '', login, address = ''] = match
  const kind = kindOf(scheme.toLowerCase())
  if (!kind) {
    return refuse(
      say(
        '"{scheme}://" is not a scheme of next hops: write socks4, socks4a, socks5, socks5h (each also with +tls), http or https://[user[:password]@]host[:port]',
        { scheme },
      ),
    )
  }
  const endpoint = parseAddress(address, defaultPorts[scheme.toLowerCase()] ?? defaultPort)
  if (!endpoint.ok) return endpoint
  const credentials = login === undefined ? { ok: true as const, value: {} } : parseLogin(login)
  if (!credentials.ok) return credentials
  if (kind.version !== '5' && 'password' in credentials.value) {
    return refuse(
      say('SOCKS{version} has no passwords: remove it, or use socks5://', { version: kind.version }),
    )
  }
  return { ok: true, value: { ...endpoint.value, ...kind, ...credentials.value } }
}

/** A bare address with its scheme. Of a word that may be a user nothing is repeated. */
function notUrl(text: string): Said {
  const endpoint = parseEndpoint(text.trim())
  const isAddress = endpoint.ok && (/[.:]/.test(endpoint.value.host) || endpoint.value.host === 'localhost')
  return isAddress
    ? say(
        'this is not the URL of a next hop: write socks5h://{address}, or in general socks4, socks4a, socks5, socks5h (each also with +tls), http or https://[user[:password]@]host[:port]',
        { address: formatEndpoint(endpoint.value) },
      )
    : say(
        'this is not the URL of a next hop: write socks4, socks4a, socks5, socks5h (each also with +tls), http or https://[user[:password]@]host[:port]',
      )
}

function kindOf(scheme: string): Kind | undefined {
  const match = /^(socks.*)\+tls$/.exec(scheme)
  if (!match) return schemes[scheme]
  const kind = schemes[match[1] ?? '']
  return kind && { ...kind, tls: {} }
}

/** In a URL without "@" a login stands where host and port belong, so nothing behind a colon is repeated. */
function parseAddress(text: string, portIfNone: string): Parsed<Endpoint> {
  const match = /^(\[[^\]]*\]|[^:]*)(?::([^:]*))?$/.exec(text)
  if (!match) {
    return refuse(say('the host in the URL is not complete: put an IPv6 address in brackets, [::1]:1080'))
  }
  const [, hostText = '', portText = portIfNone] = match
  const host = parseHost(hostText)
  if (!host.ok) return refuse(say('host {why}', { why: host.why }))
  const port = parsePort(portText)
  if (!port.ok) return refuse(say('the port in the URL is not a whole number from 1 to 65535'))
  return { ok: true, value: { host: host.host.text, port: port.value } }
}

function parseLogin(login: string): Parsed<{ user?: string; password?: string }> {
  const colon = login.indexOf(':')
  try {
    const user = decodeURIComponent(colon < 0 ? login : login.slice(0, colon))
    if (colon < 0) return { ok: true, value: { user } }
    return { ok: true, value: { user, password: decodeURIComponent(login.slice(colon + 1)) } }
  } catch {
    return refuse(say('the login has a "%" that starts no %XX sequence: write %25 for a percent sign'))
  }
}

/** The URL of a hop, with its user and without its password. */
export function formatHopUrl(
  hop: Pick<NextHop, 'host' | 'port' | 'version' | 'resolveAt' | 'user'> &
    Partial<Pick<NextHop, 'protocol'>> & { readonly tls?: object | undefined },
): string {
  const isHttp = hop.protocol === 'http'
  const socks = hop.version === '5' && hop.resolveAt === 'hop' ? 'socks5h' : `socks${hop.version}`
  const scheme = hop.tls ? (isHttp ? 'https' : `${socks}+tls`) : isHttp ? 'http' : socks
  const login = hop.user ? `${encodeURIComponent(hop.user)}@` : ''
  return `${scheme}://${login}${formatEndpoint(hop)}`
}
