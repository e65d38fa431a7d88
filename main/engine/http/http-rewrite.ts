import { formatEndpoint, type Endpoint } from '../../../shared/model/address.ts'
import { headerList, type Header, type RequestHead, type ResponseHead } from './http-head.ts'

// What a proxy changes in the heads of messages that it passes on: RFC 9110 section 7.6.1 and RFC 9112 section 3.2.

/** Fields that are for the next party alone. Transfer-Encoding stays, since bodies are passed on as they are. */
const hopByHop = new Set([
  'connection',
  'proxy-connection',
  'keep-alive',
  'te',
  'proxy-authorization',
  'upgrade',
])

/** True where a request asks to go on with another protocol, such as WebSocket. */
export function wantsUpgrade({ headers }: RequestHead): boolean {
  return headerList(headers, 'upgrade').length > 0 && headerList(headers, 'connection').includes('upgrade')
}

/** A request in absolute form as the origin server wants it. */
export function toOriginForm(head: RequestHead, endpoint: Endpoint, path: string): Buffer {
  const isDefaultPort = endpoint.port === 80
  const host = isDefaultPort ? formatEndpoint(endpoint).replace(/:80$/, '') : formatEndpoint(endpoint)
  const kept = endToEnd(head.headers).filter(([name]) => name.toLowerCase() !== 'host')
  const upgrade: Header[] = wantsUpgrade(head)
    ? [...head.headers.filter(([name]) => name.toLowerCase() === 'upgrade'), ['Connection', 'Upgrade']]
    : []
  // An HTTP/1.0 client reads one answer; the server shall not wait for another request.
  const close: Header[] = head.version === '1.0' ? [['Connection', 'close']] : []
  return writeHead(`${head.method} ${path} HTTP/${head.version}`, [
    ['Host', host],
    ...kept,
    ...upgrade,
    ...close,
  ])
}

/** A response as the client shall get it; `closes` where the connection ends after it. */
export function toClientForm({ status, reason, headers, version }: ResponseHead, closes: boolean): Buffer {
  const close: Header[] = closes ? [['Connection', 'close']] : []
  return writeHead(`HTTP/${version} ${status} ${reason}`, [...endToEnd(headers), ...close])
}

function endToEnd(headers: readonly Header[]): Header[] {
  const listed = new Set(headerList(headers, 'connection'))
  // Framing and addressing are not for the sender to take away (RFC 9110 section 7.6.1).
  for (const name of ['host', 'content-length', 'transfer-encoding']) listed.delete(name)
  return headers.filter(([name]) => !hopByHop.has(name.toLowerCase()) && !listed.has(name.toLowerCase()))
}

function writeHead(line: string, headers: readonly Header[]): Buffer {
  const lines = [line, ...headers.map(([name, value]) => `${name}: ${value}`), '', '']
  return Buffer.from(lines.join('\r\n'), 'latin1')
}

/** True where a message says that it is the last one on its connection (RFC 9112 section 9.3). */
export function isLast({ headers, version }: RequestHead | ResponseHead): boolean {
  const options = [...headerList(headers, 'connection'), ...headerList(headers, 'proxy-connection')]
  if (options.includes('close')) return true
  return version === '1.0' && !options.includes('keep-alive')
}
