import { say, type Said } from '../told.ts'
import { defaultListenHost, type Endpoint, type ListenAddress } from './address.ts'
import { parseHost } from './host.ts'

// Apart from what formats them, which the window needs before it reads any.

export type Parsed<T> = { readonly ok: true; readonly value: T } | Refused
type Refused = Said & { readonly ok: false }

/** Parses a whole number from `min` to 65535. */
export function parsePort(text: string, min = 1): Parsed<number> {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN
  if (port >= min && port <= 65535) return { ok: true, value: port }
  return refuse(say('port "{text}" is not a whole number from {min} to 65535', { text, min }))
}

/** Parses `host:port`; an IPv6 address needs brackets. */
export function parseEndpoint(text: string, minPort = 1): Parsed<Endpoint> {
  const match = /^(\[[^\]]*\]|[^:]*):([^:]*)$/.exec(text.trim())
  if (!match) {
    return refuse(
      text.split(':').length > 2
        ? say('"{text}" is not host:port: put an IPv6 address in brackets, [::1]:80', { text })
        : say('"{text}" is not host:port: write host:port', { text }),
    )
  }
  const [, hostText = '', portText = ''] = match
  const host = parseHost(hostText)
  if (!host.ok) return refuse(say('host {why}', { why: host.why }))
  const port = parsePort(portText, minPort)
  if (!port.ok) return port
  return { ok: true, value: { host: host.host.text, port: port.value } }
}

/** Parses `9102`, `127.0.0.1:9102`, `[::1]:9102`, `*:9102` or `unix:/path`. Port 0 asks the system for a free one. */
export function parseListen(text: string): Parsed<ListenAddress> {
  const trimmed = text.trim()
  if (trimmed.startsWith('unix:')) {
    const path = trimmed.slice('unix:'.length)
    if (path === '') return refuse(say('unix: needs a path, unix:/run/nexthop.sock'))
    return { ok: true, value: { kind: 'unix', path } }
  }
  if (/^\d+$/.test(trimmed)) {
    const port = parsePort(trimmed, 0)
    return port.ok ? { ok: true, value: { kind: 'tcp', host: defaultListenHost, port: port.value } } : port
  }
  if (!trimmed.includes(':')) {
    return refuse(
      say(
        '"{text}" is no place to listen: write a port, an address with a port like 127.0.0.1:9102, or unix:/path',
        { text: trimmed },
      ),
    )
  }
  const endpoint = parseEndpoint(trimmed.replace(/^\*:/, '0.0.0.0:'), 0)
  return endpoint.ok ? { ok: true, value: { kind: 'tcp', ...endpoint.value } } : endpoint
}

export function refuse(said: Said): Refused {
  return { ok: false, ...said }
}
